"""Messages of signers, of what is put round papers and of drafts of orders."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "ORDER_SIGNER_GONE": Message(
        "Этого подписывающего в списке больше нет.", "Откройте «Подписывающие…» и выберите другого."
    ),
    "ORDER_BLOCKS": Message(
        "Грифов утверждения и согласования {count}: больше трёх на странице не помещается.", "Оставьте не больше трёх."
    ),
    "ORDER_DRESS_DATE": Message("«{text}» не похоже на дату.", "Впишите дату так: 28.11.2026."),
}
