import { useId } from 'react';
import type { Request } from '../../api/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { requestIdsIn } from '../help/ids-in.ts';
import { OutcomeBadge } from '../requests/outcome.tsx';

interface RequestPickerProps {
  /** Null: on their way. */
  readonly failed: readonly Request[] | null;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string, is: boolean) => void;
  /** Ids that the form was opened with, and are not among those. */
  readonly given: readonly string[];
  readonly pasted: string;
  readonly onPaste: (text: string) => void;
}

/** The calls that a ticket is about: ticked off a list, or pasted. */
export function RequestPicker({ failed, chosen, onChoose, given, pasted, onPaste }: RequestPickerProps) {
  const t = useTranslations('myTickets.form');
  const id = useId();
  const listed = new Set(failed?.map((request) => request.id));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('requests')}</legend>
      <p className="-mt-2 text-[0.8125rem] text-soft">{t('requestsText')}</p>
      {given.some((one) => !listed.has(one)) && (
        <ul className="divide-y divide-line rounded-xl border border-line">
          {given
            .filter((one) => !listed.has(one))
            .map((one) => (
              <Choice key={one} id={one} isChosen={chosen.has(one)} onChoose={onChoose} />
            ))}
        </ul>
      )}
      {failed === null && <Skeleton className="h-24 w-full" />}
      {failed !== null && failed.length > 0 && (
        <div className="grid gap-1.5">
          <p id={id} className="text-[0.8125rem] text-soft">
            {t('failedLately')}
          </p>
          <ul aria-labelledby={id} className="divide-y divide-line rounded-xl border border-line">
            {failed.map((request) => (
              <Choice
                key={request.id}
                id={request.id}
                request={request}
                isChosen={chosen.has(request.id)}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </div>
      )}
      {failed?.length === 0 && <p className="text-[0.8125rem] text-soft">{t('noneFailed')}</p>}
      <Field
        name="ids"
        label={t('otherIds')}
        hint={pasted.trim() === '' ? t('otherIdsHint') : t('idsFound', { count: requestIdsIn(pasted).length })}
        optional
      >
        <TextInput code autoComplete="off" value={pasted} onChange={(event) => onPaste(event.target.value)} />
      </Field>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly request?: Request;
  readonly isChosen: boolean;
  readonly onChoose: (id: string, is: boolean) => void;
}

function Choice({ id, request, isChosen, onChoose }: ChoiceProps) {
  return (
    <li>
      <label className="flex cursor-pointer items-start gap-3 px-3.5 py-2.5 hover:bg-sunk">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={(event) => onChoose(id, event.target.checked)}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <span className="grid min-w-0 grow gap-0.5">
          {request && (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <OutcomeBadge outcome={request.outcome} status={request.status} />
              <span className="min-w-0 wrap-anywhere">
                {request.error_code ?? request.outcome} · {request.model_asked ?? request.endpoint}
              </span>
            </span>
          )}
          <span className="flex flex-wrap gap-x-2 text-xs text-soft">
            {request && <Time at={request.received_at} show="relative" />}
            <code className="font-mono break-all">{id}</code>
          </span>
        </span>
      </label>
    </li>
  );
}
