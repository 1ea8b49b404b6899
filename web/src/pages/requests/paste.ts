import { useEffect } from 'react';
import { useGo } from '../../navigation.tsx';
import { useRequestPlaces } from './places.ts';
import { requestIdIn } from './question.ts';

/** A request id that is pasted anywhere on the page opens that request. A field that takes text keeps other text. */
export function usePastedRequest(): void {
  const go = useGo();
  const { one } = useRequestPlaces();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const id = requestIdIn(event.clipboardData?.getData('text/plain') ?? '');
      if (id === null) return;
      event.preventDefault();
      go({ to: one, params: { id } });
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [go, one]);
}
