//! The gate's network, as a relay on this machine that can be cut: the station talks real HTTP through it.

use std::{
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// A relay from an address of its own to the server's.
pub struct Network {
    address: SocketAddr,
    server: Arc<Mutex<SocketAddr>>,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Network {
    /// Starts relaying to `server`. The relay lives as long as the process.
    ///
    /// # Errors
    /// No free port on loopback.
    pub fn to(server: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let network = Self {
            address: listener.local_addr()?,
            server: Arc::new(Mutex::new(server)),
            cut: Arc::new(AtomicBool::new(false)),
            open: Arc::new(Mutex::new(Vec::new())),
        };
        let (cut, open) = (Arc::clone(&network.cut), Arc::clone(&network.open));
        let server = Arc::clone(&network.server);
        thread::spawn(move || {
            for gate in listener.incoming().map_while(Result::ok) {
                // With the network cut, a connection ends before it began.
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let server = *server.lock().unwrap_or_else(PoisonError::into_inner);
                if let Ok(upstream) = TcpStream::connect(server) {
                    let kept = [gate.try_clone(), upstream.try_clone()];
                    open.lock().unwrap_or_else(PoisonError::into_inner).extend(kept.into_iter().flatten());
                    pump(&gate, &upstream);
                }
            }
        });
        Ok(network)
    }

    /// Where the station reaches the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to another address of the server from now on.
    pub fn lead_to(&self, server: SocketAddr) {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = server;
    }

    /// Cuts the network, connections in use included.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Closed by the other side already: as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Mends the network.
    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

/// Copies both ways until either side closes.
fn pump(gate: &TcpStream, upstream: &TcpStream) {
    for (from, to) in [(gate, upstream), (upstream, gate)] {
        let (Ok(mut from), Ok(mut to)) = (from.try_clone(), to.try_clone()) else { return };
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
    }
}
