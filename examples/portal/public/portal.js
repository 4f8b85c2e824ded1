// @ts-check
// Without this script every page works too: forms are forms, and a page that waits looks again by itself. With it, the page
// goes on the moment the person has answered on the token, counts the seconds, and copies the number.

/** @type {EventSource | null} */
let events = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let counting;

/** Puts another page of this portal in the place of this one, without a reload. @param {string} url */
async function show(url) {
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.title = next.title;
  document.body.replaceChildren(...next.body.childNodes);
  history.replaceState(null, '', response.url);
  document.getElementById('content')?.focus();
  begin();
}

/** What a page needs that has just come. */
function begin() {
  events?.close();
  clearInterval(counting);
  for (const button of document.querySelectorAll('[data-copy]')) offerCopy(/** @type {HTMLButtonElement} */ (button));
  const waiting = /** @type {HTMLElement | null} */ (document.querySelector('[data-wait]'));
  if (waiting === null) return;
  follow(waiting);
  countDown(waiting, Number(waiting.dataset['left']));
}

/** @param {HTMLElement} waiting */
function follow(waiting) {
  events = new EventSource(waiting.dataset['wait'] ?? '');
  const trying = /** @type {HTMLElement} */ (waiting.querySelector('[data-trying]'));
  for (const [name, text] of [['away', trying.dataset['trying'] ?? ''], ['reached', '']]) {
    events.addEventListener(name ?? '', () => { if (trying.textContent !== text) trying.textContent = text ?? ''; });
  }
  events.addEventListener('ended', () => {
    events?.close();
    void show(location.href);
  });
}

/** @param {HTMLElement} waiting @param {number} seconds */
function countDown(waiting, seconds) {
  const end = performance.now() + seconds * 1000;
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (waiting.querySelector(name));
  const [time, label, bar, announced] = [find('[data-time]'), find('[data-time-label]'), /** @type {HTMLProgressElement} */ (find('progress')), find('[data-announce]')];
  counting = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    bar.value = left;
    if (left === 60 || left === 20 || left === 10) announced.textContent = (announced.dataset['announce'] ?? '').replace('{n}', String(left));
    if (left <= 20 && !waiting.classList.contains('soon')) {
      waiting.classList.add('soon');
      label.textContent = `${waiting.dataset['soon']}:`;
    }
  }, 250);
}

/** @param {HTMLButtonElement} button */
function offerCopy(button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(() => { button.textContent = button.dataset['copied'] ?? ''; });
  });
}

begin();
