// What promptfoo's own assertions lack, as casemill sees it: typography is forgiven, wording is not; tool calls are
// compared as JSON. Written by `casemill suite export`; used as transforms and as javascript assertions.
'use strict';

const FORMS = [
  [/[‘’‚‛ʼ′＇]/g, "'"],
  [/[“”„‟″]/g, '"'],
  [/[\u00a0\u202f\u2007\u2009\u200a\u2002\u2003]/g, ' '],
  [/[\u2010-\u2013\u2212]/g, '-'],
  [/[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff]/g, ''],
];
const SPACE = /[\t-\r\x1c-\x20\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

// A reply is a text, an OpenAI message that holds text and calls, or a list of calls.
const text = (output) => {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return '';
  if (output && typeof output === 'object' && ('content' in output || 'tool_calls' in output)) return output.content || '';
  return JSON.stringify(output ?? '');
};
const calls = (output) => {
  const made = Array.isArray(output) ? output : (output && output.tool_calls) || [];
  return made.map((call) => {
    const named = call.function || call;
    const given = named.arguments ?? {};
    return { name: named.name, arguments: typeof given === 'string' ? JSON.parse(given || '{}') : given };
  });
};
const fold = (said) => FORMS.reduce((form, [from, to]) => form.replace(from, to), said).normalize('NFC');
const words = (said) => said.split(SPACE).filter(Boolean);
const phrase = (said) => words(fold(said)).join(' ');
const anyCase = (said) => phrase(said).toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
const strip = (said) => {
  let [start, end] = [0, said.length];
  while (start < end && SPACE.test(said[start])) start += 1;
  while (end > start && SPACE.test(said[end - 1])) end -= 1;
  return said.slice(start, end);
};

// Objects by what is wanted of them, everything else by equality.
const holds = (value, wanted) => {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length && wanted.every((one, at) => holds(value[at], one));
  }
  if (wanted && typeof wanted === 'object') {
    if (!value || typeof value !== 'object' || Array.isArray(value)) return false;
    return Object.keys(wanted).every((key) => key in value && holds(value[key], wanted[key]));
  }
  return value === wanted;
};
const same = (value, other) => holds(value, other) && holds(other, value);
const told = (pass, reason) => ({ pass, score: pass ? 1 : 0, reason: reason || (pass ? 'holds' : 'does not hold') });
const like = (output, { name, arguments: wanted = {}, mode = 'partial' }) =>
  calls(output).filter((call) => call.name === name && (mode === 'exact' ? same : holds)(call.arguments, wanted));
const names = (output) => calls(output).map((call) => call.name).join(', ') || 'no tool';

module.exports = {
  text,
  phrase: (output) => phrase(text(output)),
  anyCase: (output) => anyCase(text(output)),
  equal: (output) => strip(fold(text(output))),

  startsWith: (output, { config }) => {
    const form = config.ignore_case ? anyCase : phrase;
    return told(config.any.some((begin) => form(text(output)).startsWith(form(begin))));
  },
  equals: (output, { config }) => {
    const form = config.strip === false ? fold : (said) => strip(fold(said));
    const wanted = config.any && config.any.length ? config.any : [config.text];
    return told(wanted.map(form).includes(form(text(output))));
  },
  regex: (output, { config }) => {
    const pattern = new RegExp(config.pattern, config.ignore_case ? 'iu' : 'u');
    const found = [text(output), fold(text(output))].map((form) => form.match(pattern)).find(Boolean);
    return told(Boolean(found) !== Boolean(config.absent), found ? `"${found[0]}" matches` : 'nothing matches');
  },
  wordCount: (output, { config }) => {
    const count = words(text(output)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    return told(count >= (config.min ?? 0) && count <= (config.max ?? Infinity), `has ${count} words`);
  },
  toolCalled: (output, { config }) => {
    const found = like(output, config).length;
    return told(found > 0 && (config.times == null || found === config.times), `called ${names(output)}`);
  },
  toolNotCalled: (output, { config }) => told(!like(output, config).length, `called ${names(output)}`),
  toolSequence: (output, { config }) => {
    const steps = config.steps.map((step) => (typeof step === 'string' ? { name: step } : step));
    let at = 0;
    for (const call of calls(output)) {
      const fits = at < steps.length && call.name === steps[at].name && holds(call.arguments, steps[at].arguments || {});
      if (fits) at += 1;
      else if (config.mode === 'exact') return told(false, `called ${names(output)}`);
    }
    return told(at === steps.length, `called ${names(output)}`);
  },
};
