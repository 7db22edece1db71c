"""The hub on the web: pages for officials, packets of communes, the same figures as JSON.

Thin over ``desktop.hub``: nothing here counts, decides or writes by itself.
"""
