import { X } from 'lucide-react';
import { useCallback } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { Sidebar } from './sidebar.tsx';

interface DrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The navigation in a narrow window. */
export function Drawer({ open, onClose }: DrawerProps) {
  return open ? <OpenDrawer onClose={onClose} /> : null;
}

function OpenDrawer({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shell');
  const dialogRef = useCallback((element: HTMLDialogElement) => {
    if (!element.open) element.showModal();
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc arrives as `cancel`.
    <dialog
      ref={dialogRef}
      aria-label={t('navigation')}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-card p-0 text-ink shadow-float"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <Sidebar onGo={onClose} />
      <IconButton icon={X} label={t('closeMenu')} onClick={onClose} className="absolute top-3 right-2" />
    </dialog>
  );
}
