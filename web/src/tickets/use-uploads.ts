import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { asProblem } from '../api/problem.ts';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';
import { useTranslations } from '../words/use-translations.ts';
import { fileMaxBytes, filesMax, type UploadEnds, uploadFile } from './upload.ts';

export interface Uploading {
  /** Of this page; the upload's own comes from the API. */
  readonly key: number;
  readonly file: File;
  readonly share: number;
  /** Of the whole upload; null while it is on its way. */
  readonly id: string | null;
  readonly failed: string | null;
}

export interface Uploads {
  readonly files: readonly Uploading[];
  readonly isBusy: boolean;
  readonly hasFailed: boolean;
  /** Ids of what is there, for the message. */
  readonly ids: readonly string[];
  add(files: Iterable<File>): void;
  again(key: number): void;
  remove(key: number): void;
  clear(): void;
}

let lastKey = 0;

/** Files that go with a message that is being written. `ends` stays the same object. */
export function useUploads(ends: UploadEnds): Uploads {
  const t = useTranslations('tickets.files');
  const words = useProblemWords();
  const [files, setFiles] = useState<readonly Uploading[]>([]);
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const { current } = running;
    return () => {
      for (const controller of current.values()) controller.abort();
    };
  }, []);

  const run = useCallback(
    async (key: number, file: File) => {
      const change = (part: Partial<Uploading>) =>
        setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
      const controller = new AbortController();
      running.current.set(key, controller);
      change({ share: 0, failed: null });
      try {
        const id = await uploadFile(file, ends, (share) => change({ share }), controller.signal);
        change({ id, share: 1 });
      } catch (error) {
        if (!controller.signal.aborted) change({ failed: words(asProblem(error)) });
      } finally {
        running.current.delete(key);
      }
    },
    [ends, words],
  );
  const add = (chosen: Iterable<File>) => {
    const fresh: Uploading[] = [];
    for (const file of chosen) {
      const why = refusal(file);
      if (why !== null) toast({ tone: 'danger', text: t(why, { name: file.name, size: fileMaxBytes / 1024 ** 2 }) });
      else fresh.push({ key: ++lastKey, file, share: 0, id: null, failed: null });
    }
    const room = Math.max(0, filesMax - files.length);
    if (fresh.length > room) toast({ tone: 'danger', text: t('tooMany', { count: filesMax }) });
    const taken = fresh.slice(0, room);
    setFiles((all) => [...all, ...taken]);
    for (const { key, file } of taken) void run(key, file);
  };
  const remove = (key: number) => {
    running.current.get(key)?.abort();
    setFiles((all) => all.filter((one) => one.key !== key));
  };
  const ids = useMemo(() => files.flatMap(({ id }) => (id === null ? [] : [id])), [files]);
  return {
    files,
    ids,
    isBusy: files.some(({ id, failed }) => id === null && failed === null),
    hasFailed: files.some(({ failed }) => failed !== null),
    add,
    again: (key) => {
      const one = files.find((each) => each.key === key);
      if (one) void run(key, one.file);
    },
    remove,
    clear: () => setFiles([]),
  };
}

function refusal({ size }: File): 'tooLarge' | 'empty' | null {
  if (size === 0) return 'empty';
  return size > fileMaxBytes ? 'tooLarge' : null;
}
