/** Where the focus is, or was before a dialog took it: in a row of a list. */
interface Place {
  readonly focused: Element;
  readonly row: Element;
  readonly list: Element;
  readonly index: number;
  /** What the list stands in, the nearest first: it may be taken away with its last row. */
  readonly around: readonly Element[];
  readonly path: string;
}

const rows = 'tbody > tr, li';
const controls = 'a[href], button:not(:disabled), input:not(:disabled)';

/**
 * Keeps the focus in a list when what has it is taken away: it goes to the last action of the row, of the next row when
 * the row is gone, of the one before when there is none, and to the list's heading when no row is left. A browser would
 * drop it, and who works by keyboard or ear would begin at the top of the page.
 */
export function keepFocusInLists(): void {
  let place: Place | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    const found = placeOf(target);
    // A dialog is asked about a row, and gives the focus back to it.
    if (found !== null || target.closest('dialog') === null) place = found;
  });
  // A press beside everything lets go of the focus.
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Element && target.closest('dialog') === null) place = null;
  });
  new MutationObserver(() => {
    if (place === null || place.focused.isConnected || document.activeElement !== document.body) return;
    const left = place;
    place = null;
    if (left.path === location.pathname) (actionNear(left) ?? headingOf(left))?.focus();
  }).observe(document.body, { childList: true, subtree: true });
}

function placeOf(focused: Element): Place | null {
  const row = focused.closest(rows);
  const list = row?.parentElement;
  if (!row || !list) return null;
  const around: Element[] = [];
  for (let at = list.parentElement; at; at = at.parentElement) around.push(at);
  return { focused, row, list, index: [...list.children].indexOf(row), around, path: location.pathname };
}

function actionNear({ row, list, index }: Place): HTMLElement | undefined {
  if (row.isConnected) return lastControl(row);
  const left = list.isConnected ? [...list.children] : [];
  return [...left.slice(index), ...left.slice(0, index).reverse()].map(lastControl).find((control) => control);
}

function lastControl(row: Element): HTMLElement | undefined {
  return [...row.querySelectorAll<HTMLElement>(controls)].findLast((each) => !each.closest('dialog, [popover]'));
}

function headingOf({ around }: Place): HTMLElement | null {
  const home = around.find((each) => each.isConnected && each.querySelector('h1, h2') !== null);
  const heading = home?.querySelector<HTMLElement>('h1, h2') ?? null;
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  return heading;
}
