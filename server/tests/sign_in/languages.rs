//! Pages speak as the browser asks, until somebody chooses.

use super::{
    channels::{browser, page, page_in},
    *,
};

fn text(server: &Server, path: &str, cookie: &str, languages: &str) -> String {
    page_in(server, "GET", path, cookie, "", languages).2
}

#[test]
fn pages_speak_as_the_browser_asks() {
    let server = Server::start();
    for (languages, head, title) in [
        ("", r#"<html lang="en" dir="ltr">"#, "Sign in"),
        ("de, fr-CH;q=0.8", r#"<html lang="fr" dir="ltr">"#, "Connexion"),
        ("af", r#"<html lang="af" dir="ltr">"#, "Meld aan"),
        ("en;q=0.1, ar", r#"<html lang="ar" dir="rtl">"#, "الدخول"),
    ] {
        let page = text(&server, "/sign-in", "", languages);
        assert!(page.contains(head) && page.contains(&format!("<h1>{title}</h1>")), "{languages}: {page}");
    }
    // What went wrong is said in it, too, with the same code.
    let page = page_in(&server, "POST", "/sign-in", "", "email=nobody", "fr");
    assert_eq!(page.0, 422);
    assert!(page.2.contains("adresse e-mail") && page.2.contains("<code>email_invalid</code>"), "{}", page.2);
    assert!(text(&server, "/nowhere", "", "fr").contains("Il n’y a rien à cette adresse"));
}

#[test]
fn whoever_chose_a_language_is_spoken_to_in_it_everywhere() {
    let server = Server::start();
    server.user("oak", "guard@oak.example", Role::Guard);
    let (one, other) = (browser(&server, "guard@oak.example"), browser(&server, "guard@oak.example"));
    let french = "Où vous êtes connecté";
    assert!(!text(&server, "/account", &one, "en").contains(french));
    let (status, to, _) = page(&server, "POST", "/account/language", &one, "language=fr");
    assert_eq!((status, to.as_str()), (303, "/account"));
    // On every browser, whatever it asks for; and that nobody has read it is said.
    for cookie in [&one, &other] {
        let page = text(&server, "/account", cookie, "ar");
        assert!(page.contains(french) && page.contains(r#"<html lang="fr" dir="ltr">"#), "{page}");
        assert!(page.contains("n’a encore relu cette traduction"), "{page}");
        assert!(page.contains("Agent de ") || page.contains("Agent, "), "{page}");
    }
    // What is no language is as good as none: the browser is asked again.
    page(&server, "POST", "/account/language", &one, "language=tlh");
    assert!(text(&server, "/account", &other, "ar").contains(r#"dir="rtl""#));
}

#[test]
fn a_name_stands_apart_from_the_sentence_around_it() {
    let server = Server::start();
    server.user("oak", "admin@oak.example", Role::Admin);
    let visit = invite(&server, None);
    let cookie = browser(&server, "admin@oak.example");
    let path = format!("/invitations/{}", visit.id);
    for (languages, around) in
        [("en", "The code of <bdi>Vera</bdi> is denied"), ("ar", "يُرفض رمز <bdi>Vera</bdi> من الآن")]
    {
        let page = text(&server, &path, &cookie, languages);
        assert!(page.contains(around), "{page}");
    }
    let home = text(&server, "/", &cookie, "ar");
    assert!(home.contains("القرارات") && !home.contains("Last decisions"), "{home}");
}
