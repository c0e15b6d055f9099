"""Who buys: people at retail, and companies of the trade."""

from store.buyers.models.companies import CompanyPaper, CompanyPerson, CompanyStep, TradeCompany
from store.buyers.models.people import Address, RetailCustomer

__all__ = ["Address", "CompanyPaper", "CompanyPerson", "CompanyStep", "RetailCustomer", "TradeCompany"]
