// The live line to the server. A browser opens few connections to one server, so all tabs share one: a shared worker
// holds it and hands on what comes. Where there are no shared workers, each page holds its own. A tab that nobody
// looks at gives its part up after a while, and goes on exactly where it was when it is looked at again.
(() => {
  'use strict';

  const RETRY = 2000;
  const LONGEST_RETRY = 60 * 1000;
  const GATHER = 50; // tabs that open at once are one new line
  const SILENT = 60 * 1000; // the server says something every 15 s
  const HIDDEN = 20 * 1000;
  const HERE = 20 * 1000;
  const GONE = 4 * 60 * 1000; // hidden pages run their timers once a minute

  // ---- One connection for many parts, each with a filter and a place of its own.
  class Hub {
    constructor() {
      this.parts = new Map();
      this.count = 0;
      this.failures = 0;
      this.timer = 0;
      this.open = null;
    }

    join(query, tell) {
      this.count += 1;
      const id = String(this.count);
      this.parts.set(id, { query, tell });
      this.soon(GATHER);
      return id;
    }

    leave(id) {
      if (!this.parts.delete(id)) return;
      this.soon(GATHER);
    }

    soon(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.connect(), wait);
    }

    tellAll(message) {
      for (const part of [...this.parts.values()]) part.tell(message);
    }

    async connect() {
      this.open?.abort();
      if (this.parts.size === 0) {
        this.open = null;
        return;
      }
      const open = new AbortController();
      this.open = open;
      const address = new URLSearchParams();
      for (const [id, part] of this.parts) address.append('line', `${id}:${part.query}`);
      let silence = 0;
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => open.abort('silent'), SILENT);
      };
      let wait = 0;
      try {
        heard();
        const answer = await fetch(`/live?${address}`, { cache: 'no-store', redirect: 'error', signal: open.signal });
        if (answer.status === 204) {
          // Nobody is signed in any more.
          clearTimeout(silence);
          this.tellAll({ type: 'ended' });
          this.parts.clear();
          return;
        }
        if (!answer.ok) {
          wait = 1000 * (Number(answer.headers.get('retry-after')) || 0);
          throw new Error(`status ${answer.status}`);
        }
        this.failures = 0;
        this.tellAll({ type: 'open' });
        await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
      } catch {
        // What matters is whether this line was replaced, which is looked at below.
      }
      clearTimeout(silence);
      if (this.open !== open) return;
      this.open = null;
      this.tellAll({ type: 'broken' });
      this.failures += 1;
      const longer = Math.min(RETRY * 2 ** (this.failures - 1), LONGEST_RETRY);
      this.soon(Math.max(longer, wait));
    }

    async read(reader, heard) {
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard();
        text += value;
        const blocks = text.split('\n\n');
        text = blocks.pop();
        blocks.forEach((block) => this.take(block));
      }
    }

    // An event is named `PART.NAME`; what has no name is a sign of life.
    take(block) {
      const fields = { event: '', data: [], id: null };
      for (const line of block.split('\n')) {
        const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (name === 'data') fields.data.push(value);
        else if (name === 'event' || name === 'id') fields[name] = value;
      }
      const [, id, name] = /^(\d+)\.([\w-]+)$/.exec(fields.event) ?? [];
      const part = this.parts.get(id);
      if (!part) return;
      if (name === 'ended') {
        this.parts.delete(id);
        part.tell({ type: 'ended' });
        return;
      }
      if (fields.id !== null) {
        const query = new URLSearchParams(part.query);
        query.set('after', fields.id);
        part.query = String(query);
      }
      part.tell({ type: 'event', name, data: fields.data.join('\n'), place: fields.id });
    }
  }

  // ---- In the worker: each page's port joins and leaves.
  if (typeof SharedWorkerGlobalScope !== 'undefined' && self instanceof SharedWorkerGlobalScope) {
    const hub = new Hub();
    const pages = new Map();
    const forget = (port) => {
      for (const id of pages.get(port)?.parts.values() ?? []) hub.leave(id);
      pages.delete(port);
    };
    self.addEventListener('connect', ({ ports: [port] }) => {
      port.onmessage = ({ data }) => {
        if (!pages.has(port)) pages.set(port, { parts: new Map(), seen: 0 });
        const page = pages.get(port);
        page.seen = Date.now();
        if (data.type === 'join') {
          page.parts.set(data.key, hub.join(data.query, (message) => port.postMessage({ key: data.key, message })));
        } else if (data.type === 'leave') {
          hub.leave(page.parts.get(data.key));
          page.parts.delete(data.key);
        } else if (data.type === 'bye') {
          forget(port);
        }
      };
    });
    setInterval(() => {
      for (const [port, page] of pages) if (Date.now() - page.seen > GONE) forget(port);
    }, HERE);
    return;
  }

  // ---- In a page: what looks like an EventSource, and is a part of the shared line.
  const script = document.currentScript.src;
  const lines = new Map();
  let keys = 0;
  let port = null;
  let own = null;
  const parts = new Map();

  function join(key, query) {
    if (own) parts.set(key, own.join(query, (message) => lines.get(key)?.take(message)));
    else port.postMessage({ type: 'join', key, query });
  }

  function leave(key) {
    if (own) {
      own.leave(parts.get(key));
      parts.delete(key);
    } else {
      port.postMessage({ type: 'leave', key });
    }
  }

  function alone() {
    own = new Hub();
    port = null;
    for (const line of lines.values()) if (line.joined) join(line.key, String(line.query));
  }

  function start() {
    if (port || own) return;
    try {
      const worker = new SharedWorker(script);
      worker.addEventListener('error', () => { if (!own) alone(); });
      port = worker.port;
      port.onmessage = ({ data }) => lines.get(data.key)?.take(data.message);
      port.start();
    } catch {
      alone();
    }
  }

  class Line extends EventTarget {
    constructor(address) {
      super();
      keys += 1;
      this.key = keys;
      this.query = new URL(address, location.href).searchParams;
      this.readyState = EventSource.CONNECTING;
      this.joined = false;
      lines.set(this.key, this);
      start();
      if (!document.hidden) this.resume();
    }

    resume() {
      if (this.joined || this.readyState === EventSource.CLOSED) return;
      this.joined = true;
      join(this.key, String(this.query));
    }

    suspend() {
      if (!this.joined) return;
      this.joined = false;
      leave(this.key);
    }

    close() {
      this.suspend();
      this.readyState = EventSource.CLOSED;
      lines.delete(this.key);
    }

    take({ type, name, data, place }) {
      if (type === 'open') {
        this.readyState = EventSource.OPEN;
        this.onopen?.(new Event('open'));
      } else if (type === 'broken') {
        this.readyState = EventSource.CONNECTING;
        this.onerror?.(new Event('error'));
      } else if (type === 'ended') {
        this.joined = false;
        this.dispatchEvent(new MessageEvent('ended', { data: '' }));
      } else {
        if (place !== null) this.query.set('after', place);
        this.dispatchEvent(new MessageEvent(name, { data, lastEventId: place ?? '' }));
      }
    }
  }

  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    const each = (act) => [...lines.values()].forEach(act);
    if (document.hidden) hiding = setTimeout(() => each((line) => line.suspend()), HIDDEN);
    else each((line) => line.resume());
  });
  setInterval(() => port?.postMessage({ type: 'here' }), HERE);
  addEventListener('pagehide', () => {
    [...lines.values()].forEach((line) => line.close());
    port?.postMessage({ type: 'bye' });
  });
  self.liveLine = (address) => new Line(address);
})();
