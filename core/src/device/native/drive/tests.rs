use std::sync::mpsc::{self, Receiver, Sender};

use super::*;
use crate::network::{Answer, Client, ClientError};

type Asked = Result<Vec<u8>, ClientError>;

/// A network that says when it is asked, and answers when it is told to; at once where nobody can tell it.
struct Slow {
    asked: Mutex<Sender<()>>,
    answers: Mutex<Receiver<()>>,
}

fn slow() -> (Arc<dyn Network>, Receiver<()>, Sender<()>) {
    let ((asked, asks), (answer, answers)) = (mpsc::channel(), mpsc::channel());
    (Arc::new(Slow { asked: Mutex::new(asked), answers: Mutex::new(answers) }), asks, answer)
}

impl Network for Slow {
    fn exchange(&self, _: Request, _: Duration) -> Outcome {
        let _ = locked(&self.asked).send(());
        let _ = locked(&self.answers).recv();
        Ok(Answer { status: 200, body: b"here".to_vec(), ..Answer::default() })
    }
}

/// Work that asks twice, and gives what came of both.
fn asks<'a>() -> Steps<'a, [Asked; 2]> {
    Steps::new(|line| async move {
        let client = Client::new(&line, "http://gate.example");
        let first = client.get_bytes("/first", line.in_ms(60_000)).await;
        let second = client.get_bytes("/second", line.in_ms(60_000)).await;
        [first, second]
    })
}

fn unanswered(asked: &Asked) -> bool {
    matches!(asked, Err(ClientError::Unreachable { .. }))
}

#[test]
fn an_answer_comes_as_without_the_signal() {
    let (network, _, answer) = slow();
    drop(answer);
    let came = drive_unless(&network, asks(), &GiveUp::default()).expect("nobody left it");
    assert!(came.iter().all(|asked| asked.as_ref().is_ok_and(|body| body == b"here")), "{came:?}");
}

#[test]
fn what_is_given_up_counts_as_unanswered_and_the_work_goes_on() {
    let (network, asked, answer) = slow();
    let signal = GiveUp::default();
    let came = thread::scope(|scope| {
        let work = scope.spawn(|| drive_unless(&network, asks(), &signal));
        asked.recv().expect("it asks");
        signal.give_up();
        work.join().expect("it ends").expect("nobody left it")
    });
    assert!(came.iter().all(unanswered), "{came:?}");
    assert!(asked.try_recv().is_err(), "the second question is not even asked");
    drop(answer);
}

#[test]
fn what_is_left_comes_to_nothing() {
    let (network, asked, answer) = slow();
    let signal = GiveUp::default();
    let came = thread::scope(|scope| {
        let work = scope.spawn(|| drive_unless(&network, asks(), &signal));
        asked.recv().expect("it asks");
        signal.leave();
        signal.give_up();
        work.join().expect("it ends")
    });
    assert!(came.is_none(), "{came:?}");
    drop(answer);
    let waits = Steps::new(|line| async move {
        line.pause(60_000).await;
        7
    });
    assert_eq!(drive_unless(&network, waits, &signal), None);
}

#[test]
fn work_that_asks_nothing_is_done_whatever_the_signal_says() {
    let (network, asked, _answer) = slow();
    let signal = GiveUp::default();
    signal.leave();
    assert_eq!(drive_unless(&network, Steps::new(|_| async { 7 }), &signal), Some(7));
    assert!(asked.try_recv().is_err());
}
