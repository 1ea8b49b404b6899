import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { StaffAnnouncement } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Banner, type BannerTone } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import type { FieldErrors } from '../../ui/form-state.ts';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned } from '../../zoned-time.ts';
import { Schedule, type ScheduleDraft, scheduleOf } from './schedule.tsx';

interface AnnouncementDialogProps {
  /** Null: a new one. */
  readonly announcement: StaffAnnouncement | null;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<unknown>;
}

type Both = StaffAnnouncement['title'];
type Level = StaffAnnouncement['level'];

const levels = ['info', 'warning', 'critical'] as const;
const languages = ['en', 'zh'] as const;
const tones: Readonly<Record<Level, BannerTone>> = { info: 'info', warning: 'warn', critical: 'danger' };
const nothing: Both = { en: '', zh: '' };

/** Writes an announcement, in both languages, for now or for its time. */
export function AnnouncementDialog({ announcement, onClose, onSaved }: AnnouncementDialogProps) {
  const t = useTranslations('siteSettings.announcements');
  const tUi = useTranslations('ui');
  const { timeZone } = useLanguage();
  const [level, setLevel] = useState<Level>(announcement?.level ?? 'info');
  const [title, setTitle] = useState<Both>(announcement?.title ?? nothing);
  const [body, setBody] = useState<Both>(announcement?.body ?? nothing);
  const [schedule, setSchedule] = useState<ScheduleDraft>(() => scheduleOf(announcement, timeZone));
  const startsAt = schedule.start === 'now' ? undefined : (fromZoned(schedule.startsAt, timeZone) ?? undefined);
  const endsAt = schedule.end === 'never' ? null : fromZoned(schedule.endsAt, timeZone);
  const check = (): FieldErrors => ({
    ...(title.en.trim() === '' && title.zh.trim() === '' ? { 'title.en': t('titleMissing') } : {}),
    ...(schedule.start === 'at' && startsAt === undefined ? { starts_at: t('timeMissing') } : {}),
    ...(schedule.end === 'at' && endsAt === null ? { ends_at: t('timeMissing') } : {}),
    ...(endsAt !== null && Date.parse(endsAt) <= (startsAt === undefined ? Date.now() : Date.parse(startsAt))
      ? { ends_at: t('endBeforeStart') }
      : {}),
  });
  const later = startsAt !== undefined && Date.parse(startsAt) > Date.now();
  const save = async () => {
    const times = { ...(startsAt === undefined ? {} : { starts_at: startsAt }), ends_at: endsAt };
    if (announcement) {
      const now = schedule.start === 'now' ? { starts_at: new Date().toISOString() } : {};
      await api.patch('/admin/v1/announcements/{announcement}', {
        params: { announcement: announcement.id },
        body: { level, title, body, ...times, ...now },
      });
      toast({ text: t('saved') });
    } else {
      await api.post('/admin/v1/announcements', { body: { level, title, body, ...times }, idempotency: true });
      toast({ text: t(later ? 'scheduled' : 'published') });
    }
    await onSaved();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={t(announcement ? 'editTitle' : 'addTitle')}
      description={t('oneLanguage')}
    >
      <Form onSubmit={save} check={check}>
        <RadioCards
          name="level"
          label={t('level')}
          value={level}
          onChange={setLevel}
          columns={3}
          cards={levels.map((value) => ({ value, title: t(`levels.${value}`), text: t(`levelTexts.${value}`) }))}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          {languages.map((language) => (
            <fieldset key={language} className="grid content-start gap-4">
              <legend className="mb-2 font-semibold">{t(language === 'en' ? 'english' : 'chinese')}</legend>
              <Field name={`title.${language}`} label={t('titleField')}>
                <TextInput
                  lang={language}
                  maxLength={200}
                  value={title[language]}
                  onChange={(event) => setTitle({ ...title, [language]: event.target.value })}
                />
              </Field>
              <Field name={`body.${language}`} label={t('body')} hint={t('bodyHint')} optional>
                <Textarea
                  className="min-h-20"
                  lang={language}
                  maxLength={5_000}
                  value={body[language]}
                  onChange={(event) => setBody({ ...body, [language]: event.target.value })}
                />
              </Field>
            </fieldset>
          ))}
        </div>
        <Schedule draft={schedule} onChange={setSchedule} />
        <Preview level={level} title={title} body={body} />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t(announcement ? 'save' : later ? 'schedule' : 'publish')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface PreviewProps {
  readonly level: Level;
  readonly title: Both;
  readonly body: Both;
}

function Preview({ level, title, body }: PreviewProps) {
  const t = useTranslations('siteSettings.announcements');
  return (
    <section aria-label={t('preview')} className="grid gap-2">
      <h3 className="font-medium">{t('preview')}</h3>
      {languages.map((language) => {
        const other = language === 'en' ? 'zh' : 'en';
        const text = body[language] || body[other];
        return (
          <div key={language} lang={language}>
            <Banner tone={tones[level]} title={title[language] || title[other] || '…'}>
              <p className="whitespace-pre-line">{text}</p>
            </Banner>
          </div>
        );
      })}
    </section>
  );
}
