import { useState } from 'react';
import type { Request } from '../../api/schema.ts';
import { useQueryValue } from '../../navigation.tsx';
import { useDraft } from '../../tickets/draft.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { toolName, tools } from '../connect/tools.ts';
import { requestIdsIn } from '../help/ids-in.ts';
import type { Category } from '../ticket-parts/door.ts';
import { takeHandedText } from '../ticket-parts/handed-text.ts';
import type { Impact, TicketFacts } from './compose.ts';
import { otherTool } from './fact-fields.tsx';
import { useFailedCalls } from './use-failed-calls.ts';

/** What the form is opened with: from a call that is explained, from the checklist, from a key that leaked. */
function useGiven() {
  const isLeak = useQueryValue('topic') === 'leak';
  const key = useQueryValue('key') ?? '';
  const model = useQueryValue('model') ?? '';
  const tool = useQueryValue('tool') ?? '';
  const ticket = useQueryValue('ticket');
  const requests = requestIdsIn(useQueryValue('request') ?? '');
  const about: Category | null = isLeak ? 'vulnerability' : requests.length > 0 || key || model ? 'bug' : null;
  return { isLeak, key, model, tool: tool === '' ? '' : toolName(tool), ticket, requests, about };
}

/** What somebody has written into the fields; null: nothing, and what is known stands there. */
interface Written {
  readonly subject: string | null;
  readonly toolChoice: string | null;
  readonly tool: string | null;
  readonly version: string | null;
  readonly impact: Impact;
  readonly order: string;
}

const nothing: Written = { subject: null, toolChoice: null, tool: null, version: null, impact: 'none', order: '' };

/** All that the form holds. */
export function useTicketForm() {
  const t = useTranslations('myTickets.form');
  const given = useGiven();
  const draft = useDraft('ticket.new');
  const [handed, setHanded] = useState(takeHandedText);
  const [category, setCategory] = useState<Category | null>(given.about);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(given.requests));
  const [pasted, setPasted] = useState('');
  const [written, setWritten] = useState(nothing);
  const failed = useFailedCalls();
  const write = (part: Partial<Written>) => setWritten((all) => ({ ...all, ...part }));
  const requests = [...new Set([...chosen, ...requestIdsIn(pasted)])];
  const first = failed?.find(({ id }) => chosen.has(id)) ?? null;
  // The tool of the call is most likely the one that the ticket is about.
  const tool = written.tool ?? (given.tool || toolName(first?.client_tool ?? ''));
  const isKnown = tool === '' || tools.some(({ name }) => name === tool);
  const facts: TicketFacts = {
    requests,
    key: given.key === '' ? '' : `${given.key}…`,
    model: given.model,
    tool,
    version:
      written.version ?? (first && toolName(first.client_tool ?? '') === tool ? (first.client_version ?? '') : ''),
    impact: written.impact,
    order: written.order,
  };
  const suggested = () => {
    if (given.isLeak) return t('leakSubject', { key: given.key });
    if (first) return nameOf(first);
    if (requests[0]) return t('requestSubject', { id: requests[0] });
    return given.ticket ? `${given.ticket}: ` : '';
  };
  return {
    given,
    draft,
    failed,
    category,
    setCategory,
    text: handed ?? draft.text,
    setText: (text: string) => {
      setHanded(null);
      draft.set(text);
    },
    subject: written.subject ?? suggested(),
    setSubject: (subject: string) => write({ subject }),
    chosen,
    choose: (id: string, is: boolean) =>
      setChosen((all) => new Set(is ? [...all, id] : [...all].filter((one) => one !== id))),
    pasted,
    setPasted,
    toolChoice: written.toolChoice ?? (isKnown ? tool : otherTool),
    setToolChoice: (choice: string) =>
      write({ toolChoice: choice, tool: choice === otherTool ? '' : choice, version: choice === '' ? '' : null }),
    facts,
    change: write as (part: Partial<Pick<TicketFacts, 'tool' | 'version' | 'impact' | 'order'>>) => void,
  };
}

function nameOf({ error_code, outcome, model_asked }: Request): string {
  return [error_code ?? outcome, model_asked].filter(Boolean).join(' · ');
}
