// The search in the header by keyboard: Ctrl-K, arrow keys, Enter, Escape.
(() => {
  const field = () => document.querySelector('.lw-search input');
  const place = () => document.querySelector('.lw-found');
  const hits = () => [...(place()?.querySelectorAll('[role=option]') ?? [])];
  const fresh = () => place()?.querySelector('[data-for]')?.dataset.for === field()?.value;

  function show(open) {
    const box = place(), input = field();
    if (!box || !input) return;
    open = open && box.querySelector('[data-for]') !== null;
    box.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    if (!open) input.removeAttribute('aria-activedescendant');
  }

  function choose(step) {
    const all = hits();
    if (!all.length) return;
    const now = all.findIndex(hit => hit.getAttribute('aria-selected') === 'true');
    const next = (now + step + all.length) % all.length;
    all.forEach((hit, number) => hit.setAttribute('aria-selected', String(number === next)));
    field().setAttribute('aria-activedescendant', all[next].id);
    all[next].scrollIntoView({block: 'nearest'});
  }

  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
      event.preventDefault();
      field()?.focus();
      field()?.select();
      show(true);
      return;
    }
    if (event.target !== field()) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      show(true);
      choose(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      show(false);
    } else if (event.key === 'Enter') {
      const chosen = hits().find(hit => hit.getAttribute('aria-selected') === 'true');
      if (chosen && fresh()) location.href = chosen.href;
      else if (field().value.trim())
        location.href = '/loans?search=' + encodeURIComponent(field().value.trim());
    }
  });

  document.addEventListener('focusin', event => {
    if (event.target === field()) show(true);
    else if (!event.target.closest?.('.lw-search-box')) show(false);
  });
  document.addEventListener('click', event => {
    if (!event.target.closest('.lw-search-box')) show(false);
  });

  // What was found arrives from the server: the first is chosen, so that Enter opens it.
  new MutationObserver(changes => {
    if (!changes.some(change => change.target.closest?.('.lw-found'))) return;
    if (document.activeElement !== field() || place().dataset.shown === place().innerText) return;
    place().dataset.shown = place().innerText;
    show(true);
    if (hits().length) choose(1);
  }).observe(document.body, {childList: true, subtree: true});
})();
