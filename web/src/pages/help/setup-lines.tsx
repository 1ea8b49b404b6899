import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Key } from '../../api/schema.ts';
import { TextLink, useGo } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { toolOf } from '../connect/tools.ts';
import { conditionOf } from '../key-parts/condition.ts';
import { holdSecret } from '../key-parts/held-secrets.ts';
import { useDisabledBy } from '../key-parts/key-state.tsx';
import { CheckLine } from './check-line.tsx';
import type { Choice, KeyCheck, UrlCheck } from './use-checks.ts';
import type { Reach } from './use-reach.ts';

export function ReachLine({ reach }: { readonly reach: Reach }) {
  const t = useTranslations('help.checks.reach');
  const { duration } = useFormats();
  const { is, url, region, ms } = reach;
  const state = is === 'reached' ? 'ok' : is === 'failed' ? 'attention' : is === 'running' ? 'running' : 'unchecked';
  const link = (chunks: ReactNode) => (
    <a className="link inline-flex items-center gap-1" href={url} target="_blank" rel="noopener">
      {chunks}
      <ExternalLink aria-hidden="true" className="size-3.5" />
    </a>
  );
  return (
    <CheckLine state={state} title={t('title')}>
      <p>
        {is === 'running' && t('running', { url })}
        {is === 'reached' && t('ok', { url, region, duration: duration(ms) })}
        {is === 'failed' && t('failed', { url })}
        {is === 'elsewhere' && t.rich('elsewhere', { url, link })}
      </p>
      <p className="text-[0.8125rem]">{t('otherNetwork')}</p>
    </CheckLine>
  );
}

export function UrlLine({ check, choice }: { readonly check: UrlCheck; readonly choice: Choice }) {
  const t = useTranslations('help.checks.url');
  const tConnect = useTranslations('connect');
  const { wanted, verdict, isMismatch, state } = check;
  const { name, families } = toolOf(choice.tool);
  return (
    <CheckLine state={state} title={t('title')}>
      {isMismatch && (
        <p>
          {t('mismatch', {
            tool: name,
            families: families.map((family) => tConnect(`families.${family}`)).join(', '),
            vendor: choice.key?.vendor_name ?? '',
          })}
        </p>
      )}
      {wanted !== null && (
        <p className="flex flex-wrap items-center gap-x-1">
          {t.rich('wanted', {
            tool: name,
            url: () => (
              <code className="font-mono text-[0.8125rem] break-all text-ink" translate="no">
                {wanted}
              </code>
            ),
          })}
          <CopyButton small text={wanted} label={t('copy')} />
        </p>
      )}
      {wanted !== null && state === 'unchecked' && <p>{t('unchecked')}</p>}
      {state === 'ok' && <p>{t('ok')}</p>}
      {verdict && (
        <p className="text-ink">{t(`faults.${verdict.fault}`, { host: verdict.part, path: verdict.part })}</p>
      )}
    </CheckLine>
  );
}

interface KeyLineProps {
  readonly check: KeyCheck;
  readonly choice: Choice;
  readonly onSecret: (text: string) => void;
}

export function KeyLine({ check, choice, onSecret }: KeyLineProps) {
  const t = useTranslations('help.checks.key');
  const seesKeys = useCan('keys.read');
  const mayMake = useCan('keys.write');
  const { key } = choice;
  if (key === null) {
    return (
      <CheckLine state={check.state} title={t('title')}>
        <p>{seesKeys ? t('none') : t('unseen')}</p>
        {seesKeys && mayMake && (
          <p>
            <TextLink to="/keys/new">{t('create')}</TextLink>
          </p>
        )}
      </CheckLine>
    );
  }
  return (
    <CheckLine state={check.state} title={t('title')}>
      <KeyText shown={key} />
      {check.isGroupClosed && key.state === 'enabled' && <p>{t('groupClosed', { group: key.group_name })}</p>}
      <p>
        <TextLink to="/keys/$key" params={{ key: key.id }}>
          {t('open')}
        </TextLink>
      </p>
      {key.state !== 'deleted' && <Whole key={key.id} shown={key} check={check} choice={choice} onSecret={onSecret} />}
    </CheckLine>
  );
}

function KeyText({ shown }: { readonly shown: Key }) {
  const t = useTranslations('help.checks.key');
  const tStanding = useTranslations('keys.standing');
  const by = useDisabledBy(shown);
  const { expires_at: end } = shown;
  const condition = conditionOf(shown);
  if (condition === 'deleted' || condition === 'expired') return <p>{t(condition)}</p>;
  if (condition === 'disabled') {
    return (
      <p>
        {by ? t('disabledBy', { by }) : t('disabled')}{' '}
        {shown.disabled?.reason && tStanding('reason', { reason: shown.disabled.reason })}
      </p>
    );
  }
  return (
    <p>
      {t('enabled', { group: shown.group_name, vendor: shown.vendor_name })}{' '}
      {end !== null && t.rich('expires', { time: () => <Time at={end} /> })}
    </p>
  );
}

/** Whether what was pasted is this key and all of it: its checksum tells, without asking anybody. */
function Whole({ shown, check, choice, onSecret }: KeyLineProps & { readonly shown: Key }) {
  const t = useTranslations('help.checks.key');
  const tProblem = useTranslations('connect.keyProblems');
  const go = useGo();
  const { problem, isWhole } = check;
  const test = () => {
    holdSecret(shown.id, choice.secret.trim());
    void go({ to: '/connect', search: { key: shown.id, tool: choice.tool } });
  };
  return (
    <div className="max-w-md">
      <Field
        name="secret"
        label={t('paste')}
        hint={
          isWhole ? (
            <span className="text-accent-strong">
              {t('whole')}{' '}
              <button type="button" className="link" onClick={test}>
                {t('test')}
              </button>
            </span>
          ) : (
            t('pasteHint')
          )
        }
        error={problem === null ? undefined : tProblem(problem)}
      >
        <PasswordInput
          // No password of this site: managers are not to keep it.
          autoComplete="new-password"
          data-1p-ignore=""
          value={choice.secret}
          placeholder={`${shown.prefix}…`}
          onChange={(event) => onSecret(event.target.value)}
        />
      </Field>
    </div>
  );
}
