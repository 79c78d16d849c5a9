//! What a running server does by itself from time to time.

use std::time::Duration;

use tokio::sync::watch;

use crate::service::{Service, ServiceError};

/// From the start to the first time, so that starting is not slower for it.
const FIRST: Duration = Duration::from_secs(60);
/// From one time to the next.
const EVERY: Duration = Duration::from_secs(3600);

/// Forgets, once an hour, what is past its time; until the server stops.
pub async fn run(service: Service, mut stopping: watch::Receiver<bool>) {
    let work = async {
        tokio::time::sleep(FIRST).await;
        loop {
            let service = service.clone();
            match tokio::task::spawn_blocking(move || prune(&service)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "what has lapsed is not forgotten yet"),
                Err(error) => tracing::error!(%error, "forgetting what has lapsed did not come to its end"),
            }
            tokio::time::sleep(EVERY).await;
        }
    };
    tokio::select! {
        () = work => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

fn prune(service: &Service) -> Result<(), ServiceError> {
    // Piece by piece: between two of them everybody else's writes have their turn.
    while !service.prune()? {}
    Ok(())
}
