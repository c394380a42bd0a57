import { call, type Cases } from './case';

/** The ids of calls. */
export const ids: Cases = {
  empty: { says: [call('ours', 'read', { path: 'a' })] },
  'litellm-with-a-thought': {
    says: [
      call(
        'call_9f2',
        'read',
        { path: 'a' },
        {
          signature: {
            provider_specific_fields: {
              thought_signature: 'EjQKMgEMOdbHEjQKMgEMOdbHEjQKMgEMOdbHEjQKMgEMOdbHEjQKMgEMOdbHEjQKMgEMOdbH',
            },
          },
        },
      ),
    ],
  },
  none: { says: [call('ours', 'read', { path: 'a' })] },
  null: { says: [call('ours', 'read', { path: 'a' })] },
  'of-forty': { says: [call('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'read', { path: 'a' })] },
  'of-kimi': { says: [call('functions.read:0', 'read', { path: 'a' })] },
  'of-mistral': { says: [call('D681PevKs', 'read', { path: 'a' })] },
  'too-long': { says: [call('ours', 'read', { path: 'a' })] },
};
