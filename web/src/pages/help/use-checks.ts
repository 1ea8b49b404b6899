import { useMemo, useState } from 'react';
import { useRead } from '../../api/queries.ts';
import type { Announcement, ErrorCounts, Key } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { useTimeZone } from '../../usage/time-zone.ts';
import { type KeyProblem, keyProblem } from '../connect/key-check.ts';
import { baseUrlOf, type Setting, versionedUrlOf } from '../connect/snippets/snippet.ts';
import { snippetOf } from '../connect/snippets.ts';
import { type ToolId, toolOf } from '../connect/tools.ts';
import { useSetting } from '../connect/use-setting.ts';
import { useGroups, useModels } from '../key-parts/offers.ts';
import { type ModelVerdict, modelVerdict } from './model-check.ts';
import { type CheckState, current, isInUse, orderedCodes, type SpendWindow, tightWindows } from './states.ts';
import { type UrlVerdict, urlFault } from './url-check.ts';

/** What the reader has chosen or pasted. */
export interface Choice {
  readonly key: Key | null;
  readonly tool: ToolId;
  readonly url: string;
  /** The key as the tool has it: it never leaves the window. */
  readonly secret: string;
  readonly model: string;
}

export interface UrlCheck {
  readonly state: CheckState;
  /** Null while it is not known, or where the tool cannot use the key. */
  readonly wanted: string | null;
  readonly isMismatch: boolean;
  readonly verdict: UrlVerdict | null;
}

export interface KeyCheck {
  readonly state: CheckState;
  readonly problem: KeyProblem | null;
  readonly isWhole: boolean;
  readonly isGroupClosed: boolean;
}

/** What one tool wants as base URL for a key. */
export function useUrlCheck({ key, tool, url }: Choice): UrlCheck {
  const setting = useSetting(key);
  if (setting === null)
    return { state: key === null ? 'unchecked' : 'running', wanted: null, isMismatch: false, verdict: null };
  if (!toolOf(tool).families.includes(setting.family))
    return { state: 'attention', wanted: null, isMismatch: true, verdict: null };
  const wanted = wantedUrl(tool, setting);
  const verdict = url.trim() === '' ? null : urlFault(url, wanted);
  const state = url.trim() === '' ? 'unchecked' : verdict === null ? 'ok' : 'attention';
  return { state, wanted, isMismatch: false, verdict };
}

/** As the tool's snippet has it: there is no second list of what tools want. */
function wantedUrl(tool: ToolId, setting: Setting): string {
  const text = JSON.stringify(snippetOf(tool, setting));
  const versioned = versionedUrlOf(setting);
  return text.includes(versioned) ? versioned : baseUrlOf(setting);
}

export function useKeyCheck({ key, secret }: Choice): KeyCheck {
  const seesKeys = useCan('keys.read');
  const { data: groups } = useGroups();
  const given = secret.trim() !== '';
  if (key === null) {
    return { state: seesKeys ? 'attention' : 'unchecked', problem: null, isWhole: false, isGroupClosed: false };
  }
  const problem = given ? keyProblem(secret, key.prefix) : null;
  const isGroupClosed = groups !== undefined && !groups.some(({ id }) => id === key.group);
  const wrong = !isInUse(key) || isGroupClosed || problem !== null;
  const state = wrong ? 'attention' : groups === undefined ? 'running' : 'ok';
  return { state, problem, isWhole: given && problem === null, isGroupClosed };
}

export function useModelCheck({ key, model }: Choice): { state: CheckState; verdict: ModelVerdict | null } {
  const { models } = useModels(key?.group, key !== null);
  if (key === null || model.trim() === '') return { state: 'unchecked', verdict: null };
  if (models === null) return { state: 'running', verdict: null };
  const verdict = modelVerdict(model, models, key);
  return { state: verdict.is === 'ok' ? 'ok' : 'attention', verdict };
}

export function limitsCheck(key: Key | null): { state: CheckState; windows: readonly SpendWindow[] } {
  if (key === null) return { state: 'unchecked', windows: [] };
  const windows = tightWindows(key);
  return { state: windows.length > 0 ? 'attention' : 'ok', windows };
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

export interface ErrorsCheck {
  readonly state: CheckState;
  readonly since: string;
  /** Null: not known, or not for the reader. */
  readonly codes: ErrorCounts['codes'] | null;
  readonly requests: number;
}

/** What failed with a key in the last day. `looked`: the day ends where the reader has looked last. */
export function useErrorsCheck({ key }: Choice, lookedMs: number): ErrorsCheck {
  const { id: organization } = useOrganization();
  const { id: locale } = useLanguage();
  const time_zone = useTimeZone();
  const sees = useCan('usage.read');
  const since = useMemo(() => new Date(lookedMs - (lookedMs % minuteMs) - dayMs).toISOString(), [lookedMs]);
  const { data, error } = useRead(
    '/control/v1/organizations/{organization}/usage/latency',
    { params: { organization }, query: { from: since, key: key?.id, time_zone, locale } },
    { enabled: sees && key !== null },
  );
  if (!sees || key === null || error !== null) return { state: 'unchecked', since, codes: null, requests: 0 };
  if (data === undefined) return { state: 'running', since, codes: null, requests: 0 };
  const requests = data.requests.reduce((sum, count) => sum + count, 0);
  const codes = orderedCodes(data.errors.codes);
  const state = codes.length > 0 ? 'attention' : requests === 0 ? 'unchecked' : 'ok';
  return { state, since, codes, requests };
}

const mostAnnouncements = 10;

export function useNewsCheck(): { state: CheckState; announcements: readonly Announcement[] } {
  const { id: lang } = useLanguage();
  const [nowMs] = useState(() => Date.now());
  const { data, error } = useRead('/control/v1/announcements', { query: { lang, all: '1', limit: mostAnnouncements } });
  if (data === undefined) return { state: error === null ? 'running' : 'unchecked', announcements: [] };
  const announcements = current(data.data, nowMs);
  const disturbs = announcements.some(({ level }) => level !== 'info');
  return { state: disturbs ? 'attention' : 'ok', announcements };
}

/** The last call with a key: what the reader's tool most likely is, and asks for. */
export function useLastCall(
  key: Key | null,
): { readonly tool: string | null; readonly model: string | null } | undefined {
  const { id: organization } = useOrganization();
  const sees = useCan('requests.read');
  const { data, error } = useRead(
    '/control/v1/organizations/{organization}/requests',
    { params: { organization }, query: { key: key?.id, limit: 1 } },
    { enabled: sees && key !== null },
  );
  if (key === null || !sees || error !== null) return { tool: null, model: null };
  if (data === undefined) return undefined;
  const [last] = data.data;
  return { tool: last?.client_tool ?? null, model: last?.model_asked ?? null };
}
