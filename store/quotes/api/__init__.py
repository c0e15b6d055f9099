"""Quotes for programs: raised, shared, priced and withdrawn with a token of sales; seen and approved by the link's secret."""

from store.quotes.api import link, office

routes = [*office.routes, *link.routes]
