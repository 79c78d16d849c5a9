// What the dashboard does beyond plain pages: live rows, fresh times, menus that close. Everything else works without it.
(() => {
  'use strict';

  const MINUTE = 60;
  const HOUR = 60 * MINUTE;
  const KEEP_ROWS = 300;

  // ---- What is said here stands in the page, in its language; `#` is the place of a number.
  const words = JSON.parse(document.body.dataset.words ?? '{}');
  const language = document.documentElement.lang;
  const plural = new Intl.PluralRules(language);
  const figures = new Intl.NumberFormat(language, { numberingSystem: 'latn' });
  const counted = (forms, number) => (forms[plural.select(number)] ?? forms.other).replace('#', () => figures.format(number));
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  // ---- What a screen reader is told, gathered so that a busy gate does not talk all the time.
  let saying = [];
  let sayTimer = 0;
  function say(text) {
    saying.push(text);
    clearTimeout(sayTimer);
    sayTimer = setTimeout(() => {
      const place = one('#said');
      const count = saying.length;
      if (place) place.textContent = count === 1 ? saying[0] : filled(words.latest, { new: counted(words.new, count), row: saying[count - 1] });
      saying = [];
    }, 1500);
  }

  // ---- Relative times stay true while the page is open.
  function freshen() {
    const now = Date.now() / 1000;
    for (const time of all('time[data-relative]')) {
      const age = now - Date.parse(time.dateTime) / 1000;
      if (!(age >= 0)) continue;
      let fresh = time.dataset.clock;
      if (age < MINUTE) fresh = words.now;
      else if (age < HOUR) fresh = counted(words.ago, Math.floor(age / MINUTE));
      if (fresh !== time.textContent) time.textContent = fresh;
    }
  }
  setInterval(freshen, 20000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) freshen(); });

  // ---- Live rows.
  let waiting = [];
  let totalsTimer = 0;

  function status(live, said) {
    const place = one('[data-live]');
    if (!place) return;
    place.hidden = false;
    place.classList.toggle('is-live', live === true);
    const word = said ? said : live === null ? words.connecting : live ? words.live : words.reconnecting;
    const shown = one('[data-live-word]', place);
    if (shown.textContent !== word) shown.textContent = word;
  }

  function parseRow(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content.querySelector('tr[id]');
  }

  function describe(row) {
    const word = (selector) => (one(selector, row)?.textContent ?? '').trim();
    return filled(words.row, {
      verdict: word('.verdict-word'), who: word('.row-link'), site: word('.cell-site'), decision: word('.cell-decision'),
    });
  }

  function readerIsBusy(body) {
    // Rows must not move under a reader: not when the list is scrolled, nor while the keyboard is in it.
    return body.getBoundingClientRect().top < 0 || (body.contains(document.activeElement) && body.rows.length > 0);
  }

  function showWaiting() {
    const button = one('[data-new-rows]');
    if (!button) return;
    button.hidden = waiting.length === 0;
    one('[data-new-rows-word]', button).textContent = counted(words.new, waiting.length);
  }

  function countRows(body, added) {
    const card = body.closest('[data-table]');
    if (card) card.hidden = body.rows.length === 0;
    const empty = one('[data-empty]');
    if (empty && body.rows.length > 0) empty.remove();
    const shown = one('[data-shown]');
    const matching = one('[data-matching]');
    if (shown) shown.textContent = figures.format(body.rows.length);
    // Where there are more than were counted, one more is no news.
    if (matching && added && !matching.textContent.endsWith('+')) {
      matching.textContent = figures.format(Number(matching.textContent.replace(/\D/g, '')) + added);
    }
  }

  function place(body, row) {
    row.classList.add('arriving');
    row.addEventListener('animationend', () => row.classList.remove('arriving'), { once: true });
    body.prepend(row);
    countRows(body, 1);
    // A page left open for weeks on a wall must not grow without end.
    if (body.rows.length > KEEP_ROWS && !body.contains(document.activeElement)) reload();
  }

  function arrive(body, row) {
    const shown = document.getElementById(row.id);
    if (shown) {
      // The link inside keeps the keyboard's place.
      const focused = shown.contains(document.activeElement);
      shown.replaceWith(row);
      if (focused) one('.row-link', row)?.focus({ preventScroll: true });
      return;
    }
    const queued = waiting.findIndex((other) => other.id === row.id);
    if (queued >= 0) {
      waiting[queued] = row;
      return;
    }
    say(describe(row));
    if (readerIsBusy(body)) {
      waiting.push(row);
      showWaiting();
    } else {
      place(body, row);
    }
  }

  function release() {
    const body = one('[data-rows]');
    if (!body) return;
    for (const row of waiting) place(body, row);
    const newest = waiting[waiting.length - 1];
    waiting = [];
    showWaiting();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scrollTo({ top: 0, behavior: calm ? 'auto' : 'smooth' });
    if (newest) one('.row-link', newest)?.focus({ preventScroll: true });
  }

  function leave(id) {
    const body = one('[data-rows]');
    waiting = waiting.filter((row) => row.id !== `event-${id}`);
    showWaiting();
    const row = document.getElementById(`event-${id}`);
    if (row && body?.contains(row)) {
      row.remove();
      countRows(body, -1);
    }
  }

  function refreshTotals() {
    if (totalsTimer) return;
    totalsTimer = setTimeout(() => {
      totalsTimer = 0;
      const totals = one('#totals');
      if (totals) htmx.trigger(totals, 'gatehouse:totals');
    }, 1000);
  }

  function reload() {
    htmx.ajax('GET', location.pathname + location.search, { target: '#results', select: '#results', swap: 'outerHTML' });
  }

  // What came while the line was down is fetched once and merged, oldest first.
  async function catchUp() {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const body = one('[data-rows]');
    if (!answer.ok || answer.redirected || !body) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const rows = all('[data-rows] > tr', page);
    if (rows.length > 0 && body.rows.length > 0 && !rows.some((row) => document.getElementById(row.id))) {
      // So much came that the lists no longer meet.
      reload();
      return;
    }
    for (const row of rows.reverse()) arrive(body, document.adoptNode(row));
    refreshTotals();
  }

  let dropped = false;
  document.addEventListener('htmx:sseOpen', () => {
    status(true);
    if (!dropped) return;
    dropped = false;
    const refresh = one('[data-refresh]');
    if (refresh) htmx.trigger(refresh, refresh.dataset.refresh);
    else catchUp().catch(() => {});
  });
  document.addEventListener('htmx:sseError', () => {
    dropped = true;
    status(false);
  });
  document.addEventListener('htmx:sseClose', (event) => {
    // Only the server's own last word; a list that is replaced closes its line, too.
    if (event.detail.type === 'message') status(false, words.signedOut);
  });
  document.addEventListener('htmx:sseBeforeMessage', (event) => {
    const body = event.target;
    if (!body.matches?.('[data-rows]')) return;
    event.preventDefault();
    const message = event.detail;
    if (message.type === 'stale') {
      // The server no longer knows what this page has missed.
      catchUp().catch(() => {});
    } else if (message.type === 'gone') {
      leave(message.data.trim());
    } else {
      const row = parseRow(message.data);
      if (row) arrive(body, row);
    }
    refreshTotals();
  });
  htmx.createEventSource = liveLine;
  // A page that is shown again out of the browser's memory starts anew.
  addEventListener('pageshow', (event) => {
    if (event.persisted && one('[data-stream]')) location.reload();
  });

  document.addEventListener('htmx:beforeCleanupElement', (event) => {
    if (event.target.matches?.('#results')) {
      waiting = [];
    }
  });

  // ---- A list that is loaded again keeps open what was open.
  let open = [];
  let told = one('[data-say]')?.dataset.say;
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.target.id === 'visits') open = all('#visits details[open]').map((details) => details.id);
  });
  document.addEventListener('htmx:afterSettle', () => {
    for (const id of open) document.getElementById(id)?.setAttribute('open', '');
    const now = one('[data-say]')?.dataset.say;
    if (now && now !== told) say(now);
    told = now;
    open = [];
    freshen();
  });

  // ---- What was asked for and did not come is said where it was asked for, and goes once something comes.
  function lacking(text) {
    const results = one('#results, #visits');
    let note = one('[data-lacking]');
    if (!text || !results) {
      note?.remove();
      return;
    }
    if (!note) {
      note = document.createElement('p');
      note.className = 'notice notice-failed';
      note.dataset.lacking = '';
      results.before(note);
    }
    note.textContent = text;
    say(text);
  }
  document.addEventListener('htmx:sendError', () => lacking(words.silent));
  document.addEventListener('htmx:timeout', () => lacking(words.silent));
  document.addEventListener('htmx:responseError', (event) => {
    const code = event.detail.xhr?.status;
    if (code === 401 || code === 403) location.reload();
    else if (code === 429) lacking(words.tooMany);
    else lacking(words.failed);
  });
  document.addEventListener('htmx:afterSwap', () => lacking(''));

  // ---- Menus close on Escape, on a click elsewhere, and when another one opens.
  const closeMenus = (except) => all('details[data-menu][open]').forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener('click', (event) => {
    closeMenus(event.target.closest?.('details[data-menu]'));
    if (event.target.closest?.('[data-new-rows]')) release();
    if (event.target.closest?.('[data-print]')) print();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = event.target.closest?.('details[data-menu][open]');
    closeMenus();
    if (menu) one('summary', menu).focus();
  });
  document.addEventListener('focusin', (event) => closeMenus(event.target.closest?.('details[data-menu]')));

  // A form is sent once, however often the button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
  addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => delete form.dataset.sent));

  all('[data-print]').forEach((button) => { button.hidden = false; });
  if (one('[data-stream]')) status(null);
  one('[data-focus]')?.focus();
})();
