import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Key } from '../../api/schema.ts';
import { TextLink, useFilters } from '../../navigation.tsx';
import { useSession } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { conditionOf } from '../key-parts/condition.ts';
import { forgetSecret, heldSecret, holdSecret } from '../key-parts/held-secrets.ts';
import { Choices } from './choices.tsx';
import { ConnectionTestCard } from './connection-test.tsx';
import { Mismatch } from './mismatch.tsx';
import { SecretField } from './secret-field.tsx';
import { SnippetView } from './snippet-view.tsx';
import type { System } from './snippets/snippet.ts';
import { snippetOf } from './snippets.ts';
import { ToolPicker } from './tool-picker.tsx';
import { firstTool, isToolId, toolOf } from './tools.ts';
import { systemHere, useFamily, useSetting } from './use-setting.ts';

const systems: readonly System[] = ['macos', 'linux', 'windows'];

/** The page once there are keys to choose from. The first of them was used last. */
export function Connect({ keys }: { readonly keys: readonly Key[] }) {
  const t = useTranslations('connect');
  const filters = useFilters(['key', 'tool', 'model', 'system', 'region']);
  const { values } = filters;
  const { account } = useSession();
  const shown =
    keys.find(({ id, prefix }) => id === values.key || prefix === values.key) ??
    keys.find(({ owner }) => owner.id === account.id) ??
    keys[0];
  // Secrets lie outside of React; this makes the page look again.
  const [, look] = useState(0);
  const family = useFamily(shown ?? null);
  const system = systems.find((each) => each === values.system) ?? systemHere();
  const secret = shown ? heldSecret(shown.id) : null;
  const choice = { secret, model: values.model, system, region: values.region };
  const setting = useSetting(shown ?? null, choice);
  if (!shown || family === null) return null;
  const tool = isToolId(values.tool) ? values.tool : firstTool(family);
  const snippet = setting && snippetOf(tool, setting);
  const { name, tried, kind } = toolOf(tool);
  const vendor = { id: shown.vendor, family };
  const subject = setting && secret !== null ? { vendor, secret, model: setting.model } : null;
  return (
    <div className="grid gap-5">
      <Card>
        <div className="grid gap-5">
          <ToolPicker value={tool} onChange={(id) => filters.set({ tool: id })} />
          <Choices keys={keys} shown={shown} setting={setting} system={system} filters={filters} />
        </div>
      </Card>
      <Unusable shown={shown} />
      {toolOf(tool).families.includes(family) ? (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Card
            title={t('snippet', { tool: name })}
            description={tried ? t('tried', { version: tried }) : kind === 'editor' && t('untried')}
          >
            <div className="grid gap-5">
              <SecretField
                key={shown.id}
                shown={shown}
                held={secret !== null}
                onHold={(text) => {
                  holdSecret(shown.id, text);
                  look((count) => count + 1);
                }}
                onForget={() => {
                  forgetSecret(shown.id);
                  look((count) => count + 1);
                }}
              />
              {snippet && <SnippetView snippet={snippet} />}
            </div>
          </Card>
          <ConnectionTestCard
            key={`${shown.id} ${setting?.model}`}
            subject={subject}
            address={window.location.origin}
          />
        </div>
      ) : (
        <Mismatch
          tool={toolOf(tool)}
          shown={shown}
          keys={keys}
          onKey={(id) => filters.set({ key: id, model: undefined })}
        />
      )}
    </div>
  );
}

function Unusable({ shown }: { readonly shown: Key }) {
  const t = useTranslations('connect');
  const tKeys = useTranslations('keys.conditions');
  const condition = conditionOf(shown);
  if (condition === 'enabled') return null;
  return (
    <Banner
      tone="warn"
      actions={
        <TextLink to="/keys/$key" params={{ key: shown.id }}>
          {t('openKey')}
        </TextLink>
      }
    >
      {t('unusable', { condition: tKeys(condition) })}
    </Banner>
  );
}
