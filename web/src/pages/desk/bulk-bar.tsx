import { CircleCheck, Tag, UserRound, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Change } from './change-ticket.ts';
import type { Assignee } from './types.ts';

interface BulkBarProps {
  readonly count: number;
  readonly viewerId: string;
  readonly assignees: readonly Assignee[];
  readonly onChange: (change: Change) => Promise<unknown>;
  readonly onClear: () => void;
}

/** What can be done with the selected tickets at once. */
export function BulkBar({ count, viewerId, assignees, onChange, onClear }: BulkBarProps) {
  const t = useTranslations('desk.bulk');
  const [busy, setBusy] = useState(false);
  const [tagging, setTagging] = useState(false);
  const change = async (wanted: Change) => {
    setBusy(true);
    await onChange(wanted);
    setBusy(false);
  };
  return (
    <section
      aria-label={t('label')}
      className="sticky top-(--sticky-top) z-10 mb-2 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-card px-3 py-2 shadow-float"
    >
      <IconButton small icon={X} label={t('clear')} onClick={onClear} />
      <p role="status" className="grow font-medium">
        {t('count', { count })}
      </p>
      <Menu
        label={t('assign')}
        trigger={(trigger) => (
          <Button small icon={UserRound} busy={busy} {...trigger}>
            {t('assign')}
          </Button>
        )}
      >
        <MenuItem onSelect={() => void change({ assignee: viewerId })}>{t('toMe')}</MenuItem>
        <MenuItem onSelect={() => void change({ assignee: null })}>{t('toNobody')}</MenuItem>
        {assignees.length > 1 && <MenuSeparator />}
        {assignees
          .filter(({ id }) => id !== viewerId)
          .map(({ id, name, email }) => (
            <MenuItem key={id} onSelect={() => void change({ assignee: id })}>
              {name || email}
            </MenuItem>
          ))}
      </Menu>
      <Button small icon={Tag} busy={busy} onClick={() => setTagging(true)}>
        {t('tag')}
      </Button>
      <Button small icon={CircleCheck} busy={busy} onClick={() => void change({ state: 'solved' })}>
        {t('solve')}
      </Button>
      <TagDialog open={tagging} onClose={() => setTagging(false)} onTag={(tag) => change({ add_tags: [tag] })} />
    </section>
  );
}

interface TagDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onTag: (tag: string) => Promise<unknown>;
}

function TagDialog({ open, onClose, onTag }: TagDialogProps) {
  const t = useTranslations('desk.bulk');
  const tProperties = useTranslations('desk.properties');
  const tUi = useTranslations('ui');
  const submit = async (values: FormData) => {
    await onTag(formText(values, 'tag'));
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('tag')}>
      <Form onSubmit={submit}>
        <Field name="tag" label={t('tagField')} hint={tProperties('tagHint')} required>
          <TextInput maxLength={40} autoComplete="off" pattern={tagPattern} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('tag')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

/** As the API wants a tag to be. */
export const tagPattern = '\\s*[\\p{L}\\p{N}][\\p{L}\\p{N}_.:\\-]{0,39}\\s*';
