// The app's own files, kept as one version so that it starts without a network. The server writes version and files
// into this file; a new version is another file for the browser, is fetched whole, and waits until the page lets it in
// or nobody has the old one open. What goes to /api/ is never looked at.

const VERSION = "@VERSION@";
const FILES = "@FILES@";
const PREFIX = `gatehouse ${new URL(registration.scope).pathname} `;
const CACHE = PREFIX + VERSION;

/** Where the browser speaks another language since, the page is waited for so long. */
const ANOTHER_LANGUAGE_MS = 3000;

/** The page itself, as it is kept for the languages that the browser asks for now. */
const page = () => new URL(`./?${navigator.languages}`, registration.scope).href;

/** A file as the server has it. What a portal answers in its place is none. */
async function load(name, more = {}) {
  const answer = await fetch(new URL(name, registration.scope), { cache: "no-cache", redirect: "error", ...more });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

async function keepFile(cache, name) {
  const answer = await load(name);
  if (/html/.test(answer.headers.get("content-type"))) throw new Error(`${name} is a page for people`);
  await cache.put(new URL(name, registration.scope), answer.clone());
  return answer;
}

/** Loads the page in the browser's languages, and keeps it if it is of this version. */
async function keepPage(cache, more) {
  const answer = await load("./", { headers: { "accept-language": String(navigator.languages) }, ...more });
  const text = await answer.clone().text();
  if (!text.includes(`"${VERSION}/page.js"`)) throw new Error("the page is of another version");
  const before = (await cache.keys()).filter(({ url }) => url.startsWith(new URL("./?", registration.scope).href) && url !== page());
  await cache.put(page(), answer.clone());
  // Of the page only the last one is kept: without a network it is what is shown.
  await Promise.all(before.map((request) => cache.delete(request, { ignoreVary: true })));
  return answer;
}

/** What goes to the server's interface does not even wake this worker, in browsers that can be told so. */
const UNWATCHED = [{ condition: { urlPattern: "/api/*" }, source: "network" }];

addEventListener("install", (event) =>
  event.waitUntil(
    (async () => {
      await event.addRoutes?.(UNWATCHED).catch((error) => console.warn("without routes", error));
      const cache = await caches.open(CACHE);
      await Promise.all([keepPage(cache), ...FILES.split(" ").map((name) => keepFile(cache, name))]);
    })(),
  ),
);

addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      // What a newer one is loading by now is not to go: its own turn clears up.
      if (registration.installing || registration.waiting) return clients.claim();
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
      return clients.claim();
    })(),
  ),
);

addEventListener("message", ({ data }) => data === "go" && skipWaiting());

addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  const { pathname: scope } = new URL(registration.scope);
  if (method !== "GET" || origin !== location.origin || !pathname.startsWith(scope)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const kept = mode === "navigate" ? await keptPage(cache) : await cache.match(url, { ignoreVary: true });
      if (kept) return kept;
      // A browser that threw the files away is given them anew.
      const name = FILES.split(" ").find((one) => new URL(one, registration.scope).href === url);
      return name ? keepFile(cache, name) : fetch(event.request);
    })(),
  );
});

/** The page in the browser's language; in the language of before where that cannot be had now. */
async function keptPage(cache) {
  const kept = await cache.match(page(), { ignoreVary: true });
  if (kept) return kept;
  try {
    return await keepPage(cache, { signal: AbortSignal.timeout(ANOTHER_LANGUAGE_MS) });
  } catch {
    return cache.match(new URL("./", registration.scope), { ignoreSearch: true, ignoreVary: true });
  }
}
