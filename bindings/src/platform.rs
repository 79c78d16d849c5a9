//! What only the platform has. Each call is synchronous and may fail; a failure ends the call that needed it with an
//! error. README.md tells what was done until then.

use std::sync::Arc;

use gatehouse_core::{
    device::{self, SecretError, SignerError, TimeError},
    time::{ClockReading, UnixMillis},
};

use crate::PlatformError;

/// Keeps small secrets by name: Keystore on Android, Keychain on iOS. Called while the station holds its store, so it
/// must not call the station.
#[uniffi::export(foreign)]
pub trait SecretStore: Send + Sync {
    /// The secret of that name; nothing only if there never was one, because that makes a new one.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError>;
    /// Keeps a secret under a name, in place of what was there. Durable when it returns.
    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), PlatformError>;
    /// Forgets a secret.
    fn delete(&self, name: String) -> Result<(), PlatformError>;
}

/// What the device's clocks say at one moment.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TimeReading {
    /// Milliseconds since 1970 by the wall clock.
    pub wall_ms: i64,
    /// Milliseconds on a clock that runs through sleep and that nobody sets: `elapsedRealtime`,
    /// `mach_continuous_time`.
    pub monotonic_ms: i64,
    /// Names the boot that the monotonic clock counts from.
    pub boot_id: String,
}

/// Reads the device's clocks. Called often, and while the station holds its store: it must be quick and must not call
/// the station.
#[uniffi::export(foreign)]
pub trait DeviceTime: Send + Sync {
    /// All clocks at one moment.
    fn read(&self) -> Result<TimeReading, PlatformError>;
}

/// The key of a member's phone, in hardware where the phone has it: P-256 in Keystore or Secure Enclave. Nothing that it
/// answers is trusted; the wallet checks the key and each signature.
#[uniffi::export(foreign)]
pub trait DeviceSigner: Send + Sync {
    /// The public key; the first call makes the pair. A P-256 key is a SEC1 point of 33 or 65 bytes or a
    /// SubjectPublicKeyInfo; 32 bytes are an Ed25519 key.
    fn public_key(&self) -> Result<Vec<u8>, PlatformError>;
    /// The signature over `message`: ECDSA with SHA-256, as r and s or as DER, or Ed25519's 64 bytes.
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, PlatformError>;
    /// Destroys the pair: the member signs out. The next [`Self::public_key`] makes another.
    fn forget(&self) -> Result<(), PlatformError>;
}

/// The platform's secret store, as the core knows it.
pub(crate) struct Secrets(pub(crate) Arc<dyn SecretStore>);

impl device::SecretStore for Secrets {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretError> {
        self.0.load(name).map_err(secret_error)
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), SecretError> {
        self.0.store(name.clone(), secret.clone()).map_err(secret_error)?;
        self.read_back(name, Some(secret))
    }

    fn delete(&self, name: String) -> Result<(), SecretError> {
        self.0.delete(name.clone()).map_err(secret_error)?;
        self.read_back(name, None)
    }
}

impl Secrets {
    /// A call without a return value that ends by a `java.lang.Error` looks from here like one that went well. A key
    /// that is only believed to be kept would be the end of a journal, so what was done is read back.
    fn read_back(&self, name: String, secret: Option<Vec<u8>>) -> Result<(), SecretError> {
        let kept = self.0.load(name.clone()).map_err(secret_error)?;
        if kept == secret {
            return Ok(());
        }
        Err(SecretError { reason: format!("it did not do what was asked with {name}") })
    }
}

fn secret_error(error: PlatformError) -> SecretError {
    SecretError { reason: error.to_string() }
}

/// The platform's clocks, as the core knows them.
pub(crate) struct Time(pub(crate) Arc<dyn DeviceTime>);

impl device::DeviceTime for Time {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let reading = self.0.read().map_err(|error| TimeError { reason: error.to_string() })?;
        let monotonic_ms = u64::try_from(reading.monotonic_ms)
            .map_err(|_| TimeError { reason: "the monotonic clock is below zero".to_owned() })?;
        // Before 1970 the wall clock says nothing that the floor would not say better.
        let wall = UnixMillis::new(u64::try_from(reading.wall_ms).unwrap_or(0));
        Ok(ClockReading { wall, monotonic_ms, boot_id: reading.boot_id })
    }
}

/// The platform's key, as the core knows it.
pub(crate) struct Signer(pub(crate) Arc<dyn DeviceSigner>);

impl device::DeviceSigner for Signer {
    fn public_key(&self) -> Result<Vec<u8>, SignerError> {
        self.0.public_key().map_err(signer_error)
    }

    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError> {
        self.0.sign(message).map_err(signer_error)
    }

    fn forget(&self) -> Result<(), SignerError> {
        self.0.forget().map_err(signer_error)
    }
}

fn signer_error(error: PlatformError) -> SignerError {
    SignerError { reason: error.to_string() }
}
