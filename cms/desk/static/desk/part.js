// A part of the page, by the name the templates give it.
export const part = (name) => document.querySelector(`[data-part=${name}]`);
