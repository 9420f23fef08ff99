"""Rooms: a wall leads, seats follow and answer. The store of their events, the state that follows from these, and who
follows which room in this process.
"""
