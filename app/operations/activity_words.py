"""What is said of an activity's work: its events, its help, both together, and what the plan asks for beside them."""

from __future__ import annotations

from app.operations import event_words, help_journal
from app.operations.activity_work import ActivityWork, Asked
from app.operations.event_taking import people_words
from app.operations.event_words import OF_SCHOOLS
from app.operations.events import Kind
from app.texts import NBSP, count


def work_words(found: ActivityWork) -> tuple[str, ...]:
    """Return what the events and the help of an activity came to, a sentence each; nothing where there is nothing."""
    told = [f"{event_words.together(found.events)}."] if found.events.lines else []
    told += [words for words in (event_words.doubles(found.events.coverage),) if words]
    if not found.help:
        return tuple(told)
    helped = help_journal.people_of(found.help)
    schools = {line.school_id for line in found.help if line.school_id is not None}
    parts = [f"Помощь: {count(len(found.help), 'запись', 'записи', 'записей')} журнала"]
    if helped.occasions:
        parts.append(people_words(helped) + (f" из {count(len(schools), *OF_SCHOOLS)}" if schools else ""))
    told.append(f"{', '.join(parts)}.")
    if found.events.held and found.people.occasions:
        of = f" из {count(len(found.schools), *OF_SCHOOLS)}" if found.schools else ""
        told.append(f"Вместе разных людей: {people_words(found.people)}{of}.")
    return tuple(told)


def asked_words(asked: Asked, found: ActivityWork) -> tuple[Kind, str, str]:
    """Return mark, word and sentence of a demand: «В плане: «не менее 100 человек». Было: от 47 до 62 человек.»"""
    kind, word = event_words.REACHED[asked.reached]
    quoted = f"В{NBSP}плане: «{asked.wanted.text}»."
    if asked.wanted.what == "connections":
        if asked.was is None:
            return kind, "подключений пока нет", f"{quoted} Сколько было, пока никто не вписал."
        return kind, word, f"{quoted} Было: {asked.was}."
    if asked.reached == "unknown":
        return kind, word, f"{quoted} Сколько было, пока никто не вписал."
    told = f"{quoted} Было: {people_words(found.people)}."
    if found.people.most > found.people.named and not found.people.exact and asked.reached != "yes":
        told = f"{told} Точнее скажут списки по именам."
    return kind, word, told
