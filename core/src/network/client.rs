//! What a phone says to its server: requests with its tokens, and what their answers mean. It asks through a [`Line`].

use serde::{Serialize, de::DeserializeOwned};

use super::{Answer, ClientError, Deadline, LARGEST_ANSWER, Line, Method, Request};

/// Talks to one server.
#[derive(Clone)]
pub struct Client {
    line: Line,
    base: String,
    bearer: Option<String>,
    device: Option<String>,
}

impl Client {
    /// A client of the server at `url`.
    #[must_use]
    pub fn new(line: &Line, url: &str) -> Self {
        Self { line: line.clone(), base: url.trim_end_matches('/').to_owned(), bearer: None, device: None }
    }

    /// What it asks through.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// The same client with this bearer token.
    #[must_use]
    pub fn with_bearer(&self, token: &str) -> Self {
        Self { bearer: Some(token.to_owned()), ..self.clone() }
    }

    /// The same client naming the device that a session is for.
    #[must_use]
    pub fn for_device(&self, token: &str) -> Self {
        Self { device: Some(token.to_owned()), ..self.clone() }
    }

    /// Gets JSON.
    ///
    /// # Errors
    /// No answer, a refusal, or an answer that is no such JSON.
    pub async fn get<A: DeserializeOwned>(&self, path: &str, deadline: Deadline) -> Result<A, ClientError> {
        self.call(Method::Get, path, Vec::new(), Vec::new(), deadline).await?.json()
    }

    /// Gets bytes.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub async fn get_bytes(&self, path: &str, deadline: Deadline) -> Result<Vec<u8>, ClientError> {
        Ok(self.call(Method::Get, path, Vec::new(), Vec::new(), deadline).await?.body)
    }

    /// Posts JSON and gets JSON.
    ///
    /// # Errors
    /// No answer, a refusal, or an answer that is no such JSON.
    pub async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        deadline: Deadline,
    ) -> Result<A, ClientError> {
        let body = serde_json::to_vec(body).map_err(|_| ClientError::NotGatehouse)?;
        let headers = vec![("content-type", "application/json".to_owned())];
        self.call(Method::Post, path, headers, body, deadline).await?.json()
    }

    /// The number of bytes of an upload that the server has.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub async fn upload_offset(&self, path: &str, deadline: Deadline) -> Result<u64, ClientError> {
        self.call(Method::Head, path, Vec::new(), Vec::new(), deadline).await?.uploaded()
    }

    /// Appends to an upload of `length` bytes in all, and gives the number of bytes that the server has then.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub async fn upload(
        &self,
        path: &str,
        offset: u64,
        length: u64,
        bytes: Vec<u8>,
        deadline: Deadline,
    ) -> Result<u64, ClientError> {
        let headers = vec![
            ("content-type", "application/offset+octet-stream".to_owned()),
            ("upload-offset", offset.to_string()),
            ("upload-length", length.to_string()),
        ];
        self.call(Method::Patch, path, headers, bytes, deadline).await?.uploaded()
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        mut headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
        deadline: Deadline,
    ) -> Result<Answer, ClientError> {
        headers.extend(self.bearer.as_ref().map(|token| ("authorization", format!("Bearer {token}"))));
        headers.extend(self.device.as_ref().map(|token| ("x-gatehouse-device", token.clone())));
        let (base, path) = (self.base.clone(), path.to_owned());
        let request = Request { method, base, path, headers, body, largest_answer: LARGEST_ANSWER };
        let outcome = self.line.ask(request, deadline).await;
        outcome.map_err(|failure| failure.of_server(&self.base))?.of_server(&self.base)
    }
}
