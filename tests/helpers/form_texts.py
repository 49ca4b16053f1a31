"""Small forms for tests of rounds: a checklist in two versions, a context form whose answers are metrics."""

from __future__ import annotations

CHECK = """
id = "probe"
version = "1.0"
title = "Проба"
short = "Проба"
subject = "school_programme"
kind = "checklist"
source = "Проба"
head_fields = [{id = "author", text = "Ответственный"}]

[[scales]]
id = "full"
choices = [
    {value = "2", text = "Да", points = 2},
    {value = "1", text = "Частично", points = 1},
    {value = "0", text = "Нет", points = 0},
]

[[sections]]
id = "main"
items = [
    {id = "1", number = "1", kind = "choice", scale = "full", text = "Первый", comment = true},
    {id = "2", number = "2", kind = "choice", scale = "full", text = "Второй", not_applicable = true},
    {id = "3", number = "3", kind = "choice", scale = "full", text = "Третий", evidence = true},
]

[[scores]]
id = "total"
title = "Итого"
rule = "sum"
missing = "refuse"
levels = [
    {id = "low", text = "низкий уровень", least = 0, most = 3, tone = "bad"},
    {id = "high", text = "высокий уровень", least = 4, most = 6, tone = "ok"},
]
"""
CHECK_2 = (
    CHECK.replace('version = "1.0"', 'version = "2.0"').replace(
        '{id = "3", number = "3"', '{id = "third", number = "3"'
    )
    + """
[[revisions]]
from = "1.0"
renamed = {3 = "third"}
"""
)
CONTEXT = """
id = "context-probe"
version = "1.0"
title = "Контекст"
short = "Контекст"
subject = "school"
kind = "context"
source = "Проба"

[[sections]]
id = "main"
items = [
    {id = "pupils", number = "1", kind = "whole", least = 0, most = 9999, text = "Учеников", metric = "pupils"},
    {id = "classes", number = "2", kind = "whole", least = 0, most = 999, text = "Классов", metric = "classes"},
    {id = "note", number = "3", kind = "text", text = "Примечание", required = false},
]
"""
