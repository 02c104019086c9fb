// The way back: takes the place of the worker that a browser has, forgets all that it kept, and goes.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.registration.unregister()));
});
