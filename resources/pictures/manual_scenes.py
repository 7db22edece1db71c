"""Which pictures the manual shows where: each topic the scene of its name and those that tell more of it."""

from collections.abc import Sequence

from desktop.office import help_texts
from desktop.office.help_texts import Part, Topic
from resources.pictures.scene_sets import ALL

SCENES = {scene.name: scene for scene in ALL}
FRONT = "home"
#: The exercise in three pictures.
EXERCISE = ("exercise", "exercise-papers", "exercise-done")
_MORE = {
    "start": ("first-run", "search"),
    "marks": ("help-marks",),
    "setup": ("setup-2", "setup-7"),
    "trouble": ("start-trouble",),
    "home": ("empty-home",),
    "intake": ("intake-refused",),
    "handover": ("rating",),
    "dossier": ("dossier-act",),
    "old_books": ("empty-old-books",),
    "posting": ("decision",),
    "statistics": ("indicators",),
}
#: The topic that tells the keys of every page.
GENERAL = "start"
#: The settings are shown part by part.
_BY_PARTS = "settings"


def of_topic(topic: Topic) -> tuple[str, ...]:
    """The scenes of a topic, its own first."""
    own = topic.key.replace("_", "-")
    return (*((own,) if own in SCENES else ()), *_MORE.get(topic.key, ()))


def keys_of(topic: Topic) -> str:
    """The scene in which a topic's page was seen with its keys; a page of parts has too many to tell."""
    own = topic.key.replace("_", "-")
    return own if own in SCENES and topic.key != _BY_PARTS else ""


def of_part(topic: Topic, part: Part) -> str:
    """The scene of a part, by its caption; nothing where it has none of its own."""
    caption = f"{topic.title}: {part.title}"
    return next((scene.name for scene in SCENES.values() if scene.caption == caption), "")


def wanted(topics: Sequence[Topic]) -> tuple[str, ...]:
    """Every scene of these topics, each once, in the order of the manual."""
    found = [FRONT, *EXERCISE]
    for topic in topics:
        found += of_topic(topic)
        found += [of_part(topic, part) for part in topic.parts]
    return tuple(dict.fromkeys(name for name in found if name))


def chosen(keys: Sequence[str]) -> tuple[help_texts.Chapter, ...]:
    """The chapters with these topics only; all of them when none is named."""
    if not keys:
        return help_texts.chapters()
    if unknown := set(keys) - {topic.key for topic in help_texts.topics()}:
        raise SystemExit(f"no help is called {', '.join(sorted(unknown))}")
    kept = (
        help_texts.Chapter(chapter.title, tuple(topic for topic in chapter.topics if topic.key in keys))
        for chapter in help_texts.chapters()
    )
    return tuple(chapter for chapter in kept if chapter.topics)
