import type { StaffAnnouncement } from '../../api/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { toZoned } from '../../zoned-time.ts';

export interface ScheduleDraft {
  readonly start: 'now' | 'at';
  /** As a field for local times has it. */
  readonly startsAt: string;
  readonly end: 'never' | 'at';
  readonly endsAt: string;
}

export function scheduleOf(announcement: StaffAnnouncement | null, timeZone: string | undefined): ScheduleDraft {
  if (announcement === null) return { start: 'now', startsAt: '', end: 'never', endsAt: '' };
  const { starts_at: startsAt, ends_at: endsAt } = announcement;
  return {
    start: 'at',
    startsAt: toZoned(startsAt, timeZone),
    end: endsAt === null ? 'never' : 'at',
    endsAt: endsAt === null ? '' : toZoned(endsAt, timeZone),
  };
}

interface ScheduleProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (draft: ScheduleDraft) => void;
}

/** From when and until when. */
export function Schedule({ draft, onChange }: ScheduleProps) {
  const t = useTranslations('siteSettings.announcements');
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <div className="grid content-start gap-2">
        <Field name="start" label={t('start')}>
          <Select
            value={draft.start}
            onChange={(event) => onChange({ ...draft, start: event.target.value === 'at' ? 'at' : 'now' })}
            options={[
              { value: 'now', label: t('startNow') },
              { value: 'at', label: t('startAt') },
            ]}
          />
        </Field>
        {draft.start === 'at' && (
          <Field name="starts_at" label={t('from')} hideLabel required>
            <TextInput
              type="datetime-local"
              value={draft.startsAt}
              onChange={(event) => onChange({ ...draft, startsAt: event.target.value })}
            />
          </Field>
        )}
      </div>
      <div className="grid content-start gap-2">
        <Field name="end" label={t('end')}>
          <Select
            value={draft.end}
            onChange={(event) => onChange({ ...draft, end: event.target.value === 'at' ? 'at' : 'never' })}
            options={[
              { value: 'never', label: t('endNever') },
              { value: 'at', label: t('endAt') },
            ]}
          />
        </Field>
        {draft.end === 'at' && (
          <Field name="ends_at" label={t('until')} hideLabel required>
            <TextInput
              type="datetime-local"
              value={draft.endsAt}
              onChange={(event) => onChange({ ...draft, endsAt: event.target.value })}
            />
          </Field>
        )}
      </div>
    </div>
  );
}
