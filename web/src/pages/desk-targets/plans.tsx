import { Building2, Pencil } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type Plan, plans } from '../desk-settings-parts/values.ts';
import { calendarOf, useCalendars, usePolicies } from './reads.ts';

const path = '/admin/v1/support-plans';
type Promised = Answer<typeof path>['data'][number];

const tones: Readonly<Record<Plan, Tone>> = { starter: 'neutral', pro: 'info', enterprise: 'good' };

/** What each customer is promised. */
export function Plans() {
  const t = useTranslations('deskSettings.targets');
  const tTickets = useTranslations('tickets');
  const filters = useFilters(['search', 'plan']);
  const { search, plan } = filters.values;
  const customers = usePages(path, { query: { search, plan: oneOf(plans, plan) } }, { keepLast: true });
  const columns = usePlanColumns();
  const [editing, setEditing] = useState<Promised | null>(null);
  return (
    <>
      <p className="mb-4 max-w-[72ch] text-soft">{t('plansText')}</p>
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('searchCustomer')} />
        <FilterSelect
          filters={filters}
          name="plan"
          label={t('plan')}
          all={t('allPlans')}
          options={plans.map((value) => ({ value, label: tTickets(`plans.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('tab.plans')}
          pages={customers}
          columns={columns}
          rowKey={(row) => row.organization.id}
          rowActions={(row) => <IconButton small icon={Pencil} label={t('edit')} onClick={() => setEditing(row)} />}
          empty={<EmptyState icon={Building2} title={t('noCustomers')} text={t('noCustomersText')} />}
        />
      </Card>
      {editing && <PlanDialog promised={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function PlanDialog({ promised, onClose }: { readonly promised: Promised; readonly onClose: () => void }) {
  const t = useTranslations('deskSettings.targets');
  const tShared = useTranslations('deskSettings');
  const tTickets = useTranslations('tickets');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const { policies } = usePolicies();
  const { calendars } = useCalendars();
  const { organization } = promised;
  const save = async (values: FormData) => {
    const body = {
      plan: oneOf(plans, formText(values, 'plan')) ?? 'starter',
      policy: formText(values, 'policy') || null,
      calendar: formText(values, 'calendar') || null,
      address: formText(values, 'address') || null,
    };
    const params = { organization: organization.id };
    await api.put('/admin/v1/customers/{organization}/support-plan', { params, body });
    await changed(path, '/admin/v1/customers/{organization}/support-plan');
    toast({ text: tShared('saved') });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={t('planTitle', { name: organization.name })}
      description={t('planEffect')}
    >
      {policies && calendars ? (
        <Form onSubmit={save}>
          <Field name="plan" label={t('plan')}>
            <Select
              defaultValue={promised.plan}
              options={plans.map((value) => ({ value, label: tTickets(`plans.${value}`) }))}
            />
          </Field>
          <Field name="policy" label={t('policy')} hint={t('policyHint')}>
            <Select
              defaultValue={promised.policy ?? ''}
              options={[
                { value: '', label: t('policyOfPlan') },
                ...policies.map(({ newest: { id, name } }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <Field name="calendar" label={t('calendar')} hint={t('calendarHint')}>
            <Select
              defaultValue={promised.calendar ?? ''}
              options={[
                { value: '', label: t('calendarOfPolicy') },
                ...calendars.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <Field name="address" label={t('ownAddress')} hint={t('ownAddressHint')} optional>
            <TextInput type="email" maxLength={254} defaultValue={promised.address ?? ''} autoComplete="off" />
          </Field>
          <FormActions>
            <Button onClick={onClose}>{tUi('cancel')}</Button>
            <SubmitButton>{tShared('save')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <div className="h-72" />
      )}
    </Dialog>
  );
}

function usePlanColumns(): readonly Column<Promised>[] {
  const t = useTranslations('deskSettings.targets');
  const tTickets = useTranslations('tickets');
  const { policies } = usePolicies();
  const { calendars } = useCalendars();
  return [
    { id: 'name', header: t('customer'), cell: (row) => row.organization.name },
    {
      id: 'plan',
      header: t('plan'),
      cell: ({ plan }) => <Badge tone={tones[plan]}>{tTickets(`plans.${plan}`)}</Badge>,
    },
    {
      id: 'policy',
      header: t('policy'),
      cell: ({ plan, policy }) => {
        const id = policy ?? plan;
        return policies?.find(({ newest }) => newest.id === id)?.newest.name ?? id;
      },
    },
    {
      id: 'calendar',
      header: t('calendar'),
      cell: ({ calendar }) =>
        calendar === null ? t('calendarOfPolicy') : (calendarOf(calendars, calendar)?.name ?? calendar),
    },
    { id: 'address', header: t('ownAddress'), wideOnly: true, cell: (row) => row.address ?? '–' },
  ];
}
