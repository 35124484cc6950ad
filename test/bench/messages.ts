/** What a labeling server sends, at the sizes it sends it: the same bytes for every peer. */

export const LABEL_CONFIG =
  '<View><Text name="text" value="$text"/><Choices name="sentiment" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>';

const WORDS = 'the delivery was on time but the box had a dent and the manual inside was for another model'.split(' ');

/** Prose of `length` ASCII characters, another one for every `seed`. */
export function prose(length: number, seed: number): string {
  let text = `Review ${seed}:`;
  for (let at = seed; text.length < length; at++) text += ` ${WORDS[(at * 7) % WORDS.length]}`;
  return text.slice(0, length);
}

function task(id: number, textLength: number): Record<string, unknown> {
  return {
    id,
    data: { text: prose(textLength, id) },
    meta: {},
    created_at: '2026-01-05T10:20:30.123456Z',
    project: 12,
  };
}

/** A body of POST /predict. */
export function predictBody(tasks: number, { project = '12.1654592272', textLength = 750 } = {}): string {
  return JSON.stringify({
    tasks: Array.from({ length: tasks }, (_, index) => task(index + 1, textLength)),
    model_version: null,
    project,
    label_config: LABEL_CONFIG,
    params: { login: null, password: null, context: null },
  });
}

export function setupBody(project = '12.1654592272'): string {
  return JSON.stringify({ project, schema: LABEL_CONFIG, hostname: 'http://localhost:8080', access_token: 'secret' });
}

/** A body of POST /webhook: an annotator has labelled task `id`. */
export function webhookBody(id: number, project: number): string {
  const result = [
    { id: `r${id}`, from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Negative'] } },
  ];
  return JSON.stringify({
    action: 'ANNOTATION_CREATED',
    annotation: {
      id,
      task: id,
      result,
      was_cancelled: false,
      lead_time: 3.2,
      created_at: '2026-01-05T10:21:30.123456Z',
    },
    task: task(id, 400),
    project: { id: project, title: 'Reviews', label_config: LABEL_CONFIG },
  });
}
