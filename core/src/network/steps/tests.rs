//! Steps that ask, wait, give up and hear late.

use super::*;
use crate::network::{Answer, Method};

fn asking(path: &str) -> Request {
    Request {
        method: Method::Get,
        base: "https://gate.example".to_owned(),
        path: path.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        largest_answer: 1,
    }
}

fn status(status: u16) -> Outcome {
    Ok(Answer { status, ..Answer::default() })
}

/// Asks for `/one` and `/two`, each within a second, and rests for half a second between them.
fn two_questions<'a>() -> Steps<'a, [Outcome; 2]> {
    Steps::new(|line| async move {
        let one = line.ask(asking("/one"), line.in_ms(1000)).await;
        line.pause(500).await;
        let two = line.ask(asking("/two"), line.in_ms(1000)).await;
        [one, two]
    })
}

fn asked<T>(step: Step<'_, T>) -> (Question, Steps<'_, T>) {
    match step {
        Step::Ask(question, steps) => (question, steps),
        Step::Key(question, _) => panic!("it asks the key {question:?}"),
        Step::Wait(until, _) => panic!("it waits until {until}"),
        Step::Done(_) => panic!("it is done"),
    }
}

fn asked_of_key<T>(step: Step<'_, T>) -> (Question<KeyTask>, Steps<'_, T>) {
    match step {
        Step::Key(question, steps) => (question, steps),
        other => panic!("{}", if matches!(other, Step::Done(_)) { "it is done" } else { "no key is asked" }),
    }
}

fn waits<T>(step: Step<'_, T>) -> (u64, Steps<'_, T>) {
    match step {
        Step::Wait(until, steps) => (until, steps),
        Step::Ask(question, _) => panic!("it asks {question:?}"),
        Step::Key(question, _) => panic!("it asks the key {question:?}"),
        Step::Done(_) => panic!("it is done"),
    }
}

fn done<T>(step: Step<'_, T>) -> T {
    match step {
        Step::Done(done) => done,
        Step::Ask(question, _) => panic!("it asks {question:?}"),
        Step::Key(question, _) => panic!("it asks the key {question:?}"),
        Step::Wait(until, _) => panic!("it waits until {until}"),
    }
}

#[test]
fn one_question_comes_after_another_and_each_is_given_out_once() {
    let (one, steps) = asked(two_questions().next(10));
    assert_eq!((one.request, one.until_ms), (asking("/one"), 1010));
    let (until, mut steps) = waits(steps.next(200));
    assert_eq!(until, 1010, "nothing to do before the answer");
    steps.answer(one.number, status(204)).expect("it is waited for");
    let (until, steps) = waits(steps.next(300));
    assert_eq!(until, 800);
    let (until, steps) = waits(steps.next(799));
    assert_eq!(until, 800, "not a moment earlier");
    let (two, mut steps) = asked(steps.next(800));
    assert_eq!((two.request, two.until_ms), (asking("/two"), 1800));
    steps.answer(two.number, status(404)).expect("it is waited for");
    // An answer that is there in time counts, however late somebody comes to look at it.
    assert_eq!(done(steps.next(5000)), [status(204), status(404)]);
}

#[test]
fn an_answer_that_is_late_doubled_or_another_s_changes_nothing() {
    let (strange, _others) = asked(two_questions().next(0));
    let (one, mut steps) = asked(two_questions().next(0));
    assert_eq!(steps.answer(strange.number, status(500)), Err(Unasked::NeverAsked));
    assert_eq!(steps.answer(one.number + 1000, status(500)), Err(Unasked::NeverAsked));
    steps.answer(one.number, status(204)).expect("it is waited for");
    assert_eq!(steps.answer(one.number, status(500)), Err(Unasked::Answered));
    let (_, mut steps) = waits(steps.next(0));
    assert_eq!(steps.answer(one.number, status(500)), Err(Unasked::Answered));
    // The second never has an answer.
    let (two, steps) = asked(steps.next(500));
    let (_, steps) = waits(steps.next(1499));
    assert_eq!(done(steps.next(1500)), [status(204), Err(Failure::TimedOut)]);
    // The first has none in time, and what comes afterwards is not taken for the second's.
    let (late, steps) = asked(two_questions().next(0));
    let (_, mut steps) = waits(steps.next(1000));
    assert_eq!(steps.answer(late.number, status(204)), Err(Unasked::TooLate));
    let (second, mut steps) = asked(steps.next(1500));
    assert_eq!(steps.answer(late.number, status(204)), Err(Unasked::TooLate));
    assert_eq!(steps.answer(two.number, status(204)), Err(Unasked::NeverAsked));
    steps.answer(second.number, Err(Failure::TimedOut)).expect("given up before its time");
    assert_eq!(steps.answer(second.number, status(204)), Err(Unasked::TooLate));
    assert_eq!(done(steps.next(1501)), [Err(Failure::TimedOut), Err(Failure::TimedOut)]);
}

#[test]
fn deadlines_count_from_when_the_work_began_and_nothing_is_asked_behind_one() {
    let steps = Steps::new(|line| async move {
        let whole = line.in_ms(1000);
        let half = line.halfway(whole);
        let before = [line.has_passed(half), line.has_passed(whole)];
        line.pause(600).await;
        let after = [line.has_passed(half), line.has_passed(whole)];
        let again = line.halfway(whole) == line.in_ms(200) && line.sooner(whole, 500) == whole;
        (before, after, again, line.ask(asking("/late"), half).await)
    });
    let (until, steps) = waits(steps.next(100));
    assert_eq!(until, 700);
    let (before, after, again, late) = done(steps.next(700));
    assert_eq!((before, after, again), ([false, false], [true, false], true));
    assert_eq!(late, Err(Failure::TimedOut));
}

#[test]
fn a_key_is_waited_for_as_a_server_is_and_neither_answers_for_the_other() {
    let signs = || {
        Steps::new(|line| async move {
            let heard = line.ask(asking("/one"), line.in_ms(1000)).await;
            (heard, line.ask_key(KeyTask::Sign(vec![7]), line.in_ms(1000)).await)
        })
    };
    let signed = || Ok(vec![1; 64]);
    let (one, mut steps) = asked(signs().next(0));
    assert_eq!(steps.key_answered(one.number, signed()), Err(Unasked::NeverAsked));
    steps.answer(one.number, status(204)).expect("it is waited for");
    let (key, steps) = asked_of_key(steps.next(100));
    assert_eq!((key.request, key.until_ms), (KeyTask::Sign(vec![7]), 1100));
    let (until, mut steps) = waits(steps.next(1099));
    assert_eq!(until, 1100, "nothing to do before the key answers");
    assert_eq!(steps.answer(key.number, status(500)), Err(Unasked::NeverAsked));
    steps.key_answered(key.number, signed()).expect("it is waited for");
    assert_eq!(steps.key_answered(key.number, signed()), Err(Unasked::Answered));
    assert_eq!(done(steps.next(1100)), (status(204), signed()));

    let (one, mut steps) = asked(signs().next(0));
    steps.answer(one.number, status(204)).expect("it is waited for");
    let (key, steps) = asked_of_key(steps.next(0));
    let late = Steps::new(|line| async move { line.ask_key(KeyTask::Forget, line.in_ms(0)).await });
    assert_eq!(done(late.next(0)), Err(SignerError::late()), "no time is left to ask");
    let (_, mut steps) = waits(steps.next(999));
    steps.key_answered(key.number + 1000, signed()).expect_err("another's");
    assert_eq!(done(steps.next(1000)), (status(204), Err(SignerError::late())));
}
