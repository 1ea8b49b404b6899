import { Check, type LucideIcon } from 'lucide-react';
import { createContext, type KeyboardEvent, type ReactNode, use, useEffect, useId, useRef } from 'react';
import { Link, type PagePath } from '../navigation.tsx';
import type { Placement } from './anchored.ts';
import { cx } from './cx.ts';
import { floatLook, useFloat } from './float.ts';
import type { TriggerAttributes } from './popover.tsx';

interface MenuProps {
  readonly label: string;
  readonly align?: Placement['align'];
  /** A button that takes these attributes. */
  readonly trigger: (attributes: TriggerAttributes) => ReactNode;
  /** MenuItem, MenuLink, MenuChoice, MenuHeading, MenuSeparator. */
  readonly children: ReactNode;
}

/** Closes the menu; the focus goes back to its button first, so that a dialog opened next returns it there. */
const CloseMenu = createContext<(refocus: boolean) => void>(() => {});

const typeAheadMs = 600;

/** A list of commands at a button, after the ARIA menu pattern: arrows, Home, End, first letters, Esc. */
export function Menu({ label, align = 'end', trigger, children }: MenuProps) {
  const id = useId();
  const float = useFloat<HTMLButtonElement>({ side: 'bottom', align });
  const enterAtEnd = useRef(false);
  const typed = useRef({ text: '', atMs: 0 });
  const { open, panel } = float;

  useEffect(() => {
    if (!open) return;
    const items = itemsOf(panel.current);
    const checked = items.find((item) => item.getAttribute('aria-checked') === 'true');
    (checked ?? items.at(enterAtEnd.current ? -1 : 0))?.focus();
  }, [open, panel]);

  const onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    enterAtEnd.current = event.key === 'ArrowUp';
    float.show();
  };
  const onKey = (event: KeyboardEvent) => {
    const items = itemsOf(panel.current);
    const at = items.findIndex((item) => item.matches(':focus'));
    const target = event.key === 'Tab' ? undefined : nextItem(items, at, event.key, typed.current);
    if (event.key === 'Tab') float.hide(true);
    if (!target) return;
    event.preventDefault();
    target.focus();
  };
  return (
    <CloseMenu value={float.hide}>
      {trigger({
        ref: float.anchor,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        ...(open ? { 'aria-controls': id } : {}),
        onKeyDown: onTriggerKey,
        onClick: () => {
          enterAtEnd.current = false;
          if (open) float.hide(true);
          else float.show();
        },
      })}
      {open && (
        <div
          ref={float.panelRef}
          popover="manual"
          id={id}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={onKey}
          className={cx(floatLook, 'min-w-44 p-1.5')}
        >
          {children}
        </div>
      )}
    </CloseMenu>
  );
}

function itemsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])') ?? [])];
}

function nextItem(items: HTMLElement[], at: number, key: string, typed: { text: string; atMs: number }) {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  typed.text = Date.now() - typed.atMs > typeAheadMs ? key : typed.text + key;
  typed.atMs = Date.now();
  const wanted = typed.text.toLowerCase();
  return items.find((item) => item.textContent?.trim().toLowerCase().startsWith(wanted));
}

const itemLook =
  'flex w-full items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-sm outline-none hover:bg-sunk focus:bg-sunk aria-disabled:opacity-50 aria-disabled:hover:bg-transparent';

interface MenuItemProps {
  readonly icon?: LucideIcon;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon: Icon, danger = false, disabled = false, onSelect, children }: MenuItemProps) {
  const close = use(CloseMenu);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      className={cx(itemLook, danger ? 'text-danger' : 'text-ink')}
      onClick={() => {
        if (disabled) return;
        close(true);
        onSelect();
      }}
    >
      {Icon && <Icon aria-hidden="true" className={cx('size-4 shrink-0', !danger && 'text-soft')} />}
      {children}
    </button>
  );
}

interface MenuLinkProps {
  readonly icon?: LucideIcon;
  readonly to: PagePath;
  readonly params?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

export function MenuLink({ icon: Icon, to, params, children }: MenuLinkProps) {
  const close = use(CloseMenu);
  return (
    <Link
      to={to}
      {...(params ? { params } : {})}
      role="menuitem"
      tabIndex={-1}
      className={itemLook}
      onClick={() => close(false)}
    >
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0 text-soft" />}
      {children}
    </Link>
  );
}

interface MenuChoiceProps {
  readonly checked: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** One of several that exclude each other. */
export function MenuChoice({ checked, onSelect, children }: MenuChoiceProps) {
  const close = use(CloseMenu);
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={checked}
      tabIndex={-1}
      className={itemLook}
      onClick={() => {
        close(true);
        onSelect();
      }}
    >
      <Check aria-hidden="true" className={cx('size-4 shrink-0 text-accent', !checked && 'invisible')} />
      {children}
    </button>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <div className="px-2.5 pt-1.5 pb-1 text-xs text-faint">{children}</div>;
}

export function MenuSeparator() {
  return <hr className="my-1.5 border-line" />;
}
