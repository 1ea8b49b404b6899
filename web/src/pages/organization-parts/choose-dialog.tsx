import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface Choosable {
  readonly id: string;
  readonly name: string;
}

interface ChooseDialogProps<Item extends Choosable> {
  readonly title: string;
  readonly description?: string;
  readonly label: string;
  /** What stands there before anything is chosen. */
  readonly prompt: string;
  /** In the place of the list when there is nothing to choose. */
  readonly none: string;
  /** Null while they are on their way. */
  readonly items: readonly Item[] | null;
  readonly action: string;
  readonly onChoose: (item: Item) => Promise<unknown>;
  readonly onClose: () => void;
}

/** One of a list. */
export function ChooseDialog<Item extends Choosable>(props: ChooseDialogProps<Item>) {
  const { title, description, label, prompt, none, items, action, onChoose, onClose } = props;
  const tUi = useTranslations('ui');
  const choose = async (values: FormData) => {
    const chosen = items?.find(({ id }) => id === values.get('chosen'));
    if (!chosen) return;
    await onChoose(chosen);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <Form onSubmit={choose}>
        {items === null && <Skeleton className="h-[3.9375rem] w-full" />}
        {items?.length === 0 && <p className="min-h-[3.9375rem] text-soft">{none}</p>}
        {items !== null && items.length > 0 && (
          <Field name="chosen" label={label} required>
            <Select
              defaultValue=""
              options={[
                { value: '', label: prompt, disabled: true },
                ...items.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
        )}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton disabled={items === null || items.length === 0}>{action}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
