//! Files that pages load: embedded in the binary, named with a hash of their content so that they can be kept.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// What the pages of the dashboard may load and do: own files only, no inline script, no inline style.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// For an answer to the current versioned address: the content can never change.
pub const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";

/// For an answer to any other address of the file.
pub const CACHE_BRIEFLY: &str = "public, max-age=300";

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its name, as in the address.
    pub name: &'static str,
    /// Its content type.
    pub content_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const TEXT: &str = "text/plain; charset=utf-8";

static ASSETS: [Asset; 15] = [
    Asset { name: "tokens.css", content_type: CSS, bytes: include_bytes!("../../assets/css/tokens.css") },
    Asset { name: "base.css", content_type: CSS, bytes: include_bytes!("../../assets/css/base.css") },
    Asset { name: "detail.css", content_type: CSS, bytes: include_bytes!("../../assets/css/detail.css") },
    Asset { name: "account.css", content_type: CSS, bytes: include_bytes!("../../assets/css/account.css") },
    Asset { name: "app.css", content_type: CSS, bytes: include_bytes!("../../assets/css/app.css") },
    Asset { name: "app.js", content_type: JS, bytes: include_bytes!("../../assets/app.js") },
    Asset { name: "live.js", content_type: JS, bytes: include_bytes!("../../assets/live.js") },
    Asset { name: "link.js", content_type: JS, bytes: include_bytes!("../../assets/link.js") },
    Asset { name: "favicon.svg", content_type: SVG, bytes: include_bytes!("../../assets/favicon.svg") },
    Asset {
        name: "icons.svg",
        content_type: SVG,
        bytes: include_bytes!("../../assets/vendor/lucide/icons.svg"),
    },
    Asset {
        name: "htmx.min.js",
        content_type: JS,
        bytes: include_bytes!("../../assets/vendor/htmx/htmx.min.js"),
    },
    Asset {
        name: "sse.min.js",
        content_type: JS,
        bytes: include_bytes!("../../assets/vendor/htmx-ext-sse/sse.min.js"),
    },
    Asset {
        name: "htmx-license.txt",
        content_type: TEXT,
        bytes: include_bytes!("../../assets/vendor/htmx/LICENSE"),
    },
    Asset {
        name: "htmx-ext-sse-license.txt",
        content_type: TEXT,
        bytes: include_bytes!("../../assets/vendor/htmx-ext-sse/LICENSE"),
    },
    Asset {
        name: "lucide-license.txt",
        content_type: TEXT,
        bytes: include_bytes!("../../assets/vendor/lucide/LICENSE"),
    },
];

/// The first 64 bits of SHA-256 of each file in hex, in the order of the files.
static VERSIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let short = |bytes| Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    ASSETS.iter().map(|asset| short(asset.bytes)).collect()
});

/// The embedded file of this name, if there is one.
pub fn asset(name: &str) -> Option<Asset> {
    ASSETS.iter().find(|asset| asset.name == name).copied()
}

/// The hash that stands in the versioned address of a file.
pub fn version(name: &str) -> Option<&'static str> {
    let place = ASSETS.iter().position(|asset| asset.name == name)?;
    VERSIONS.get(place).map(String::as_str)
}

/// The versioned address of a file, for templates.
pub fn url(name: &str) -> String {
    match version(name) {
        Some(version) => format!("/assets/{name}?v={version}"),
        None => format!("/assets/{name}"),
    }
}

/// How long an answer may be kept, given the `v` of the address that was asked for.
pub fn cache_control(name: &str, asked: Option<&str>) -> &'static str {
    if asked.is_some() && asked == version(name) { CACHE_FOREVER } else { CACHE_BRIEFLY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_hash_of_the_content() {
        for asset in &ASSETS {
            let url = url(asset.name);
            let (path, version) = url.split_once("?v=").expect("a version");
            assert_eq!(path, format!("/assets/{}", asset.name));
            assert_eq!(version.len(), 16);
            assert_eq!(cache_control(asset.name, Some(version)), CACHE_FOREVER);
            assert_eq!(cache_control(asset.name, Some("0")), CACHE_BRIEFLY);
            assert!(!asset.bytes.is_empty());
        }
        assert!(asset("../view.rs").is_none());
        assert_eq!(url("unknown"), "/assets/unknown");
    }
}
