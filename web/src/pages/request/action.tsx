import { ExternalLink } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Banner, type BannerTone } from '../../ui/banner.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { isRunning, type RequestView } from './view.ts';

const tones: Readonly<Record<'you' | 'us' | 'vendor', BannerTone>> = { you: 'warn', us: 'danger', vendor: 'info' };

/** Who has to act, what to do, and where to do it. */
export function ActionBox({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.action');
  const { fault, what_to_do: todo, isForeign } = view;
  if (fault === null) {
    const calm = isRunning(view)
      ? t('nothingRunning')
      : view.outcome.startsWith('client_left')
        ? t('nothingLeft')
        : t('nothing');
    return (
      <Banner tone={view.outcome === 'completed' ? 'success' : 'info'} title={t('nobody')}>
        <p>{calm}</p>
        <Links view={view} />
      </Banner>
    );
  }
  return (
    <Banner tone={tones[fault]} title={isForeign ? t(`staffActors.${fault}`) : t(`actors.${fault}`)}>
      {todo !== null && <p>{todo}</p>}
      <Links view={view} />
    </Banner>
  );
}

const aboutModels = new Set(['model_missing', 'model_ambiguous', 'model_not_found', 'model_not_allowed']);
const aboutSetup = new Set([
  'endpoint_not_found',
  'method_not_allowed',
  'endpoint_not_enabled',
  'wrong_vendor',
  'api_key_in_query',
  'key_missing',
  'key_malformed',
  'key_unknown',
]);
const aboutKey = new Set([
  'api_key_in_query',
  'key_disabled',
  'key_expired',
  'model_not_allowed',
  'rate_limited',
  'token_rate_limited',
  'concurrency_limited',
  'spending_limit_reached',
]);

function Links({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.action');
  const mayKeys = useCan('keys.read');
  const { error_code: code, key_id: key, isForeign } = view;
  if (code === null) return null;
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      {aboutKey.has(code) && key !== null && mayKeys && !isForeign && (
        <Link to="/keys/$key" params={{ key }} className={buttonLook('secondary', true)}>
          {t('key')}
        </Link>
      )}
      {aboutModels.has(code) && !isForeign && (
        <Link to="/models" className={buttonLook('secondary', true)}>
          {t('models')}
        </Link>
      )}
      {aboutSetup.has(code) && !isForeign && (
        <Link to="/connect" className={buttonLook('secondary', true)}>
          {t('connect')}
        </Link>
      )}
      <a href={`/docs/errors#${code}`} target="_blank" rel="noopener" className={buttonLook('secondary', true)}>
        {t('docs', { code })}
        <ExternalLink aria-hidden="true" className="size-3.5" />
      </a>
      {!isForeign && (
        <Link to="/requests" search={{ code }} className={buttonLook('ghost', true)}>
          {t('similar')}
        </Link>
      )}
    </div>
  );
}
