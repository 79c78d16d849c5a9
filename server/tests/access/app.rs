//! The app's pages: open to everyone, whole in one version, and with what they may do said in every answer.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

use crate::common::Server;

/// Head and body of an answer.
fn get(server: &Server, path: &str, more: &str) -> (String, String) {
    let mut stream = TcpStream::connect(server.running.address).expect("connected");
    let head = format!("GET {path} HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n{more}\r\n");
    stream.write_all(head.as_bytes()).expect("asked");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    (head.to_lowercase(), body.to_owned())
}

fn program(folder: &Path) {
    for (name, text) in [
        ("gatehouse_web.js", "the glue"),
        ("gatehouse_web_bg.wasm", "the program"),
        ("gatehouse_web_bg.wasm.br", "small"),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
}

/// The folder of the current version, as the page names it.
fn version(page: &str) -> &str {
    let end = page.find("/page.js\"").expect("the page's script");
    let begin = page[..end].rfind('"').expect("an address");
    &page[begin + 1..end]
}

#[test]
fn the_pages_of_the_app_are_one_version_in_the_readers_language() {
    let folder = tempfile::tempdir().expect("a folder");
    program(folder.path());
    let server = Server::start_with_app(folder.path());
    for (prefix, name) in [("/gate", "Gatehouse at the gate"), ("/id", "Gatehouse access ID")] {
        let (head, _) = get(&server, &format!("{prefix}?booth"), "");
        assert!(
            head.starts_with("http/1.1 307") && head.contains(&format!("location: {prefix}/?booth")),
            "{head}"
        );
        let (head, page) = get(&server, &format!("{prefix}/"), "");
        assert!(head.starts_with("http/1.1 200") && page.contains(name), "{head} {page}");
        for said in [
            "cache-control: no-cache",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "permissions-policy: camera=(self), geolocation=(self)",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "vary: accept-language",
        ] {
            assert!(head.contains(said), "{said}: {head}");
        }
        assert!(
            page.contains(r#"<html lang="en" dir="ltr">"#) && page.contains("data-built=\"true\""),
            "{page}"
        );
        let (_, arabic) = get(&server, &format!("{prefix}/"), "Accept-Language: ar\r\n");
        assert!(arabic.contains(r#"<html lang="ar" dir="rtl">"#), "{arabic}");

        // Again, and it is known.
        let tag = head.split_once("etag: ").and_then(|(_, rest)| rest.lines().next()).expect("a tag");
        let (head, _) =
            get(&server, &format!("{prefix}/"), &format!("If-None-Match: {}\r\n", tag.replace("w/", "W/")));
        assert!(head.starts_with("http/1.1 304"), "{head}");

        let version = version(&page);
        for (file, content_type) in [
            ("page.js", "text/javascript"),
            ("tokens.css", "text/css"),
            ("gatehouse_web.js", "text/javascript"),
            ("gatehouse_web_bg.wasm", "application/wasm"),
            ("icons.svg", "image/svg+xml"),
        ] {
            let (head, _) = get(&server, &format!("{prefix}/{version}/{file}"), "");
            assert!(head.starts_with("http/1.1 200") && head.contains("immutable"), "{file}: {head}");
            assert!(head.contains(&format!("content-type: {content_type}")), "{file}: {head}");
            assert!(head.contains("content-security-policy: default-src 'none'"), "{file}: {head}");
            let (head, _) = get(&server, &format!("{prefix}/{file}"), "");
            assert!(
                head.starts_with("http/1.1 200") && head.contains("cache-control: no-cache"),
                "{file}: {head}"
            );
        }
        let wasm = format!("{prefix}/{version}/gatehouse_web_bg.wasm");
        let (head, body) = get(&server, &wasm, "Accept-Encoding: gzip, br\r\n");
        assert!(head.contains("content-encoding: br") && body == "small", "{head} {body}");
        let (head, body) = get(&server, &wasm, "");
        assert!(!head.contains("content-encoding") && body == "the program", "{head} {body}");

        let (head, worker) = get(&server, &format!("{prefix}/sw.js"), "");
        assert!(head.contains("cache-control: no-cache") && worker.contains(version), "{head} {worker}");
        let (head, manifest) = get(&server, &format!("{prefix}/{}.webmanifest", &prefix[1..]), "");
        assert!(
            head.contains("application/manifest+json") && manifest.contains("\"scope\": \"./\""),
            "{head}"
        );
        for nothing in ["0123456789abcdef/page.js", "nothing.js", "..%2fCargo.toml"] {
            let (head, _) = get(&server, &format!("{prefix}/{nothing}"), "");
            assert!(head.starts_with("http/1.1 404"), "{nothing}: {head}");
        }
    }
}

#[test]
fn a_server_without_the_app_says_what_builds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with_app(folder.path());
    let (head, page) = get(&server, "/gate/", "");
    assert!(head.starts_with("http/1.1 503") && head.contains("cache-control: no-store"), "{head}");
    assert!(
        page.contains("<code>bindings/web/build</code>") && page.contains("data-built=\"false\""),
        "{page}"
    );
    let (head, _) = get(&server, "/gate/app.css", "");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(get(&server, "/gate/sw.js", "").0.starts_with("http/1.1 404"));
    // It is found once it is there, without another start.
    program(folder.path());
    assert!(get(&server, "/gate/", "").0.starts_with("http/1.1 200"));
}
