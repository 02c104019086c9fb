// Keeps what is the same for everybody, and one page for when there is no network. What a reader is shown is never kept.
const CACHE = `hub-${VERSION}`;
const NEVER_CHANGES = /\.[0-9a-f]{12}\.\w+$|^\/style\//;

const ANYHOW = { ignoreVary: true }; // what is kept is the same for everybody

self.addEventListener("install", (event) => {
  const asked = KEPT.map((address) => new Request(address, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(asked)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => keptOf(OFFLINE)));
  } else if (KEPT.includes(address.pathname)) {
    event.respondWith(fileOf(request, address.pathname));
  }
});

async function keptOf(path) {
  return (await caches.match(path, ANYHOW)) ?? Response.error();
}

async function fileOf(request, path) {
  const file = await caches.match(path, ANYHOW);
  if (file && NEVER_CHANGES.test(path)) return file;
  return fetch(request).catch(() => file ?? Response.error());
}
