import { Fingerprint, LogIn } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { safeNext } from '../../api/next-path.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useArrive } from '../../identity/arrive.ts';
import {
  PasskeyDeclined,
  passkeyHome,
  passkeySupport,
  signInWithPasskey,
  stopPasskeys,
} from '../../identity/passkey.ts';
import { useSite } from '../../site.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface OtherWaysProps {
  readonly next: string | null;
  /** Whether the session shall outlast the browser's. */
  readonly remember: () => boolean;
}

/** A passkey, or the organization's identity provider. */
export function OtherWays({ next, remember }: OtherWaysProps) {
  const t = useTranslations('signIn');
  const { site } = useSite();
  const support = passkeySupport();
  const home = support === 'bare' ? passkeyHome() : null;
  const ssoHref = `/control/v1/sign-in/sso?next=${encodeURIComponent(safeNext(next))}`;
  if (support === 'no' && !site?.sso) return null;
  return (
    <div className="grid gap-3">
      <p className="flex items-center gap-3 text-[0.8125rem] text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t('or')}
      </p>
      {support === 'yes' && <PasskeyButton next={next} remember={remember} />}
      {site?.sso && (
        <a href={ssoHref} className={buttonLook('secondary')}>
          <LogIn aria-hidden="true" className="size-4" />
          {t('in.sso', { provider: site.sso.label })}
        </a>
      )}
      {home !== null && (
        <p className="text-[0.8125rem] text-soft">
          {t.rich('in.passkeyElsewhere', {
            host: new URL(home).host,
            a: (chunks) => (
              <a className="link" href={home}>
                {chunks}
              </a>
            ),
          })}
        </p>
      )}
    </div>
  );
}

function PasskeyButton({ next, remember }: OtherWaysProps) {
  const t = useTranslations('signIn.in');
  const arrive = useArrive();
  const [busy, setBusy] = useState(false);
  const [declined, setDeclined] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  // What the quiet offer goes on with when it is taken, possibly minutes later.
  const latest = useRef({ next, remember, arrive });
  latest.current = { next, remember, arrive };

  useEffect(() => {
    let left = false;
    signInWithPasskey(() => latest.current.remember(), true).then(
      (passed) => {
        if (passed && !left) void latest.current.arrive(latest.current.next);
      },
      (error: unknown) => {
        // Nobody asked for it: only a passkey that was chosen and refused is worth a word.
        const known = asProblem(error);
        if (!left && known.code === 'passkey_failed') setProblem(known);
      },
    );
    return () => {
      left = true;
      void stopPasskeys();
    };
  }, []);

  const press = async () => {
    setBusy(true);
    setDeclined(false);
    setProblem(null);
    try {
      await signInWithPasskey(remember);
      await arrive(next);
    } catch (error) {
      if (error instanceof PasskeyDeclined) setDeclined(true);
      else setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={Fingerprint} busy={busy} onClick={press}>
        {t('passkey')}
      </Button>
      {declined && (
        <p role="status" className="text-[0.8125rem] text-soft">
          {t('passkeyDeclined')}
        </p>
      )}
      <ProblemMessage problem={problem} />
    </>
  );
}
