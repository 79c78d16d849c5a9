// The app's own files, kept as one version so that it starts without a network. The server writes version and files
// into this file; a new version is another file for the browser, is fetched whole, and waits until the page lets it in
// or nobody has the old one open. What goes to /api/ is never looked at.

const VERSION = "@VERSION@";
const FILES = "@FILES@";
const PREFIX = `gatehouse ${new URL(registration.scope).pathname} `;
const CACHE = PREFIX + VERSION;

const file = (name) => new Request(new URL(name, registration.scope), { cache: "no-cache" });

addEventListener("install", (event) =>
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(["./", ...FILES.split(" ")].map(file)))),
);

addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  ),
);

addEventListener("message", ({ data }) => data === "go" && skipWaiting());

addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  const { pathname: scope } = new URL(registration.scope);
  if (method !== "GET" || origin !== location.origin || !pathname.startsWith(scope)) return;
  const wanted = mode === "navigate" ? new URL("./", registration.scope).href : url;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      return (await cache.match(wanted, { ignoreVary: true })) ?? fetch(event.request);
    })(),
  );
});
