"""What the guide has to give to whoever asks: tips, answers about topics, documents, interview questions."""

from __future__ import annotations

from bot.events import Wanted
from bot.guide import Topic
from bot.handlers.telling import menu_offer, then_return
from bot.offered import GENTLE
from bot.replies import AnswerTopic, GiveTip, ListDocuments, NoSuchTopic, Offer, Practise, ShowDocument, Words
from bot.talk import Step, Talk, at_menu, next_offer
from bot.tips import choose_tip, fullest_topics, note_seen


def give_tip(talk: Talk, event: Wanted) -> Step:
    """Give a tip: on the topic named, or for the person's gaps."""
    topic = talk.guide.topic_by_id.get(event.detail)
    wanted = topic.id if topic else ""
    tip = choose_tip(talk.guide, talk.state, wanted, talk.today, talk.seed) if topic or not event.detail else None
    if tip is None:
        return _no_tip(talk, event)
    seen = talk.on(talk.state.changed(seen=note_seen(talk.state, tip)))
    again = f"do:tip:{topic.id}" if topic else "do:tip"
    offers = (
        Offer(again, talk.label("another_tip")),
        Offer(f"do:ask:{tip.topic}", talk.label("more_on_this")),
        menu_offer(talk),
    )
    title = talk.guide.topic_by_id[tip.topic].title if tip.topic in talk.guide.topic_by_id else ""
    return then_return(seen, GiveTip(tip, title, offers), offers=offers)


def _no_tip(talk: Talk, event: Wanted) -> Step:
    names = event.near or fullest_topics(talk.guide)
    known = [topic for name in names if (topic := talk.guide.topic_by_id.get(name))]
    offers = tuple(Offer(f"do:tip:{topic.id}", topic.title) for topic in known)
    reply = NoSuchTopic(Words(event.detail), offers, near=bool(event.near), empty=not talk.guide.tips)
    return then_return(talk, reply, offers=offers)


def answer_topic(talk: Talk, topic: Topic, near: tuple[str, ...] = ()) -> Step:
    """Give the guide's answer to what people ask about a topic; `near` names topics that may be meant instead."""
    facts = tuple(talk.guide.fact_by_id[name] for name in topic.facts if name in talk.guide.fact_by_id)
    if topic.rests:
        resting = talk.having(rest="paused", until=None, offered=GENTLE, confirming="")
        return resting.say(AnswerTopic(topic, facts, (Offer(*GENTLE, talk.label("resume")),)))
    others = tuple(Offer(f"do:ask:{name}", talk.guide.topic_by_id[name].title) for name in near)
    offers = (*others, *_more_on(talk, topic))
    reply = AnswerTopic(topic, facts, offers, talk.question is not None, others)
    return then_return(talk, reply, offers=offers)


def _more_on(talk: Talk, topic: Topic) -> tuple[Offer, ...]:
    document = talk.guide.document_by_id.get(topic.document)
    first = (Offer(f"do:document:{document.id}", document.title),) if document else ()
    tip = (
        (Offer(f"do:tip:{topic.id}", talk.label("tip_on_this")),)
        if choose_tip(talk.guide, talk.state, topic.id)
        else ()
    )
    return (*first, *tip, *_beginning(talk), menu_offer(talk))


def _beginning(talk: Talk) -> tuple[Offer, ...]:
    """Return the way into the talk for somebody who asked before they answered anything."""
    begun = talk.question is not None or talk.state.answers or talk.state.commitments
    begin = None if begun else next_offer(talk)
    return (begin,) if begin else ()


def show_document(talk: Talk, event: Wanted) -> Step:
    """Show a document, or the list of them."""
    document = talk.guide.document_by_id.get(event.detail)
    if document is None:
        offers = tuple(Offer(f"do:document:{entry.id}", entry.title) for entry in talk.guide.documents)
        return then_return(talk, ListDocuments(offers), offers=offers)
    return then_return(talk, ShowDocument(document), offers=(menu_offer(talk),))


def practise(talk: Talk, event: Wanted) -> Step:
    """Give an interview question to practise with; `detail` is its number, from 1."""
    prompts = talk.guide.prompts
    if not prompts:
        return at_menu(talk)
    number = int(event.detail) if event.detail.isdecimal() and 0 < int(event.detail) <= len(prompts) else 1
    last = number == len(prompts)
    onward = Offer("do:practice:1" if last else f"do:practice:{number + 1}", talk.label("next_one"))
    offers = (onward, menu_offer(talk))
    reply = Practise(prompts[number - 1], number, len(prompts), talk.guide.ask_back if last else (), offers)
    return then_return(talk, reply, offers=offers)
