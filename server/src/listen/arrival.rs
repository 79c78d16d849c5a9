//! A request's body on its way in: it must keep coming, and at least as fast as a bad network brings it.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body, Frame, SizeHint};
use hyper::body::{Bytes, Incoming};
use tokio::time::{Instant, Sleep, sleep_until};

use super::Place;

/// How long nothing of a body may come, and what a body has beyond what its length takes.
const GRACE: Duration = Duration::from_secs(10);
/// Bytes a second below which a body is given up.
const SLOWEST: u64 = 2 << 10;

/// A body that came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the request came too slowly")]
pub struct TooSlow;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A body that must keep coming. Its connection's place is told when it has come whole.
pub struct Arriving {
    body: Incoming,
    place: Arc<Place>,
    received: u64,
    deadline: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Arriving {
    /// A body of which nothing has been read yet; its time begins when it is read.
    pub fn new(body: Incoming, place: Arc<Place>) -> Self {
        place.asked(body.is_end_stream());
        Self { body, place, received: 0, deadline: None }
    }
}

/// Until when the next piece must be there, of a body that began to be read at `began`.
fn deadline(began: Instant, now: Instant, received: u64) -> Instant {
    (now + GRACE).min(began + GRACE + Duration::from_millis(received.saturating_mul(1000) / SLOWEST))
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        let this = self.get_mut();
        let now = Instant::now();
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            let Some(frame) = frame else {
                this.place.asked(true);
                return Poll::Ready(None);
            };
            let frame = frame.map_err(Failure::from)?;
            this.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            if let Some((began, sleep)) = &mut this.deadline {
                sleep.as_mut().reset(deadline(*began, now, this.received));
            }
            if this.body.is_end_stream() {
                this.place.asked(true);
            }
            return Poll::Ready(Some(Ok(frame)));
        }
        let received = this.received;
        let (_, sleep) =
            this.deadline.get_or_insert_with(|| (now, Box::pin(sleep_until(deadline(now, now, received)))));
        match sleep.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Some(Err(TooSlow.into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_network_is_waited_for_and_a_trickle_is_not() {
        let began = Instant::now();
        let after = |seconds| began + Duration::from_secs(seconds);
        // A megabyte in a minute and a half.
        for second in 1..90 {
            assert!(deadline(began, after(second), second * 11_000) > after(second + 1));
        }
        // A byte every few seconds.
        assert!(deadline(began, after(9), 3) < after(11));
    }
}
