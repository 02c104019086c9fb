// The worker keeps what is the same for everybody, and one page for when there is no network. Nothing of a reader.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
