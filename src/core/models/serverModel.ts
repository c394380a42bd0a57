import { countIn, isRecord, stringIn } from '../base/json';
import { isHiding } from '../base/oneLine';
import { OPENAI } from '../providers/vendors';
import type { CatalogueModel } from '../providers/provider';
import { isOtherKind } from './modelKind';

const LONGEST_ID = 256;
/** Ids by which a server keeps its models, and by which nobody asks for them. */
const INTERNAL = /^(?:azureml:|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$)/i;

/** Members that name a model where its id does not. */
const NAMES = 'model name model_id modelId model_name slug'.split(' ');

/** A model as `saveDiscovered` keeps it; undefined for anything else. */
export function readServerModel(value: unknown): CatalogueModel | undefined {
  const id = idOf(stringIn(value, 'id'));
  const vision = isRecord(value) ? value['vision'] : undefined;
  return id === undefined
    ? undefined
    : described(
        id,
        countIn(value, 'contextWindowSize'),
        countIn(value, 'maxOutputTokens'),
        isBoolean(vision) ? vision : undefined,
      );
}

/**
 * A model of a server's list, with what the server says of it beside its id, under the names that servers have for it;
 * an entry may be the id alone. Undefined for what is no model, or none for chats.
 */
export function readListedModel(entry: unknown): CatalogueModel | undefined {
  const id = idIn(entry);
  if (id === undefined) return undefined;
  if (!isRecord(entry)) return { id };
  if (isOtherKind(entry)) return undefined;
  const { meta, metadata, capabilities, top_provider: provider, model_spec: spec } = entry;
  const limits = isRecord(capabilities) ? capabilities['limits'] : undefined;
  // What a server was started with comes before what the model could do.
  const context =
    countIn(entry, 'max_model_len') ??
    countIn(meta, 'n_ctx') ??
    countIn(entry, 'loaded_context_length') ??
    countIn(entry, 'context_length') ??
    countIn(entry, 'context_window') ??
    countIn(entry, 'context_size') ??
    countIn(metadata, 'context_length') ??
    countIn(limits, 'max_context_window_tokens') ??
    countIn(spec, 'availableContextTokens') ??
    // Of Mistral's, whose capabilities are an object, that is what it has; of LM Studio's, what it could have.
    (isRecord(capabilities) ? countIn(entry, 'max_context_length') : undefined);
  const output =
    countIn(provider, 'max_completion_tokens') ??
    countIn(entry, 'max_output_tokens') ??
    countIn(entry, 'max_completion_tokens') ??
    countIn(limits, 'max_output_tokens');
  const known = deployed(entry);
  const vision = visionOf(entry) ?? known?.vision;
  return described(id, context ?? known?.contextWindowSize, output ?? known?.maxOutputTokens, vision);
}

/** Whether it takes images, as far as the server says. */
function visionOf(entry: Readonly<Record<string, unknown>>): boolean | undefined {
  const { architecture, capabilities, type, input_modalities: own } = entry;
  const inputs = isRecord(architecture) ? architecture['input_modalities'] : own;
  if (Array.isArray(inputs)) return inputs.includes('image');
  // LM Studio has a type for models that take images, and one for those of text.
  const ofType = type === 'vlm' || type === 'llm' ? type === 'vlm' : undefined;
  const said = [entry['supports_image_in'], entry['supports_image_input'], entry['supports_vision']];
  return [...said, isRecord(capabilities) ? capabilities['vision'] : undefined].find(isBoolean) ?? ofType;
}

/** What is known of the model that an Azure deployment is of. */
function deployed(entry: Readonly<Record<string, unknown>>): CatalogueModel | undefined {
  if (entry['object'] !== 'deployment') return undefined;
  return OPENAI.models.find(({ id }) => id === entry['model']);
}

function described(
  id: string,
  contextWindowSize: number | undefined,
  maxOutputTokens: number | undefined,
  vision: boolean | undefined,
): CatalogueModel {
  return {
    id,
    ...(contextWindowSize !== undefined && { contextWindowSize }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(vision !== undefined && { vision }),
  };
}

/** By what a model is asked for: its id, else its name; some lists are of names alone. */
function idIn(entry: unknown): string | undefined {
  if (typeof entry === 'string') return idOf(entry);
  const id = stringIn(entry, 'id');
  const names = NAMES.map((name) => stringIn(entry, name));
  return idOf([id && !INTERNAL.test(id) ? id : undefined, ...names, id].find((name) => name !== undefined));
}

function idOf(text: string | undefined): string | undefined {
  return text && text.length <= LONGEST_ID && !isHiding(text) ? text : undefined;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
