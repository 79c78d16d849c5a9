// The secret of a link to sign in stands behind the #, which browsers send to no server: no log and no proxy has it.
// Without this script the page asks for the link to be pasted.
"use strict";

const page = document.querySelector("[data-link]");
const token = new URLSearchParams(location.hash.slice(1)).get("token");

/** Says whom the link signs in, or that it is no longer good. */
async function tell() {
  const body = new URLSearchParams({ token });
  const answer = await fetch("/sign-in/link/whose", { method: "POST", body });
  if (answer.status === 410) {
    const { title, text } = await answer.json();
    page.querySelector("[data-link-title]").textContent = title;
    page.querySelector("[data-link-lead]").textContent = text;
    return;
  }
  if (!answer.ok) return;
  const { welcome, button } = await answer.json();
  page.querySelector("[data-link-title]").textContent = welcome;
  page.querySelector("[data-link-name]").textContent = button;
}

if (page && token) {
  history.replaceState(null, "", location.pathname);
  page.querySelector("[name=token]").value = token;
  page.querySelector("[data-link-paste]").hidden = true;
  // The button works all the same where this fails.
  tell().catch(() => {});
}
