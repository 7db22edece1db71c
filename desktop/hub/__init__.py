"""The receiving side: takes the reports of communes, shows what they say to the officials above. No Qt, no office."""
