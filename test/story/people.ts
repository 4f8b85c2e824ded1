import { sampleCompany, samplePassword, samplePeople } from '../../authority/services/trial-sample.ts';

/** A person and what she knows: user name and password of the portal, and the PIN that she chooses for her computer. */
export interface StoryPerson {
  readonly userName: string;
  readonly name: string;
  readonly company: string;
  readonly password: string;
  readonly pin: string;
}

function fromSample(userName: string, pin: string, password: string = samplePassword): StoryPerson {
  const person = samplePeople.find((one) => one.userName === userName);
  if (person === undefined) throw new Error(`The sample company has nobody called ${userName}.`);
  return { userName, name: person.name, company: sampleCompany.name, password, pin };
}

/** Sets a password of her own through the link page. */
export const admin = fromSample('mrestrepo', '735194', 'El páramo amanece con niebla');
export const smsUser = fromSample('bmontoya', '408263');
export const hardwareHolder = fromSample('aquintero', '917350');
export const longName = fromSample('mfernandez', '620481');
export const inactive = fromSample('jsalazar', '');
export const withoutMobile = fromSample('lcardenas', '');
export const newcomer = fromSample('cospina', '264917');
export const luckless = fromSample('dmejia', '583024');
export const withOldToken = fromSample('shernandez', '371846');
export const englishSpeaker = fromSample('kwhitfield', '849203');
